import type { JsonObject } from "../conversation.ts";
import { recordOf, textOf } from "../record.ts";

/** An item of the answer as far as it has come. */
export interface ItemState {
  /** Its place in the output, as a text. */
  readonly key: string;
  readonly kind: "message" | "reasoning" | "call" | "other";
  /** What is known of it; whole once it is done. */
  item: JsonObject;
  /** What was said of it: text, thinking, or the JSON of a call's input. */
  said: string;
  /** How much of that was passed on. */
  written: number;
  /** Part of the summary that was said last. */
  part: number;
  isBegun: boolean;
  isDone: boolean;
}

/** An item that begins. */
export function itemState(key: string, item: JsonObject): ItemState {
  return { key, kind: kindOf(item), item, said: "", written: 0, part: 0, isBegun: false, isDone: false };
}

function kindOf({ type }: JsonObject): ItemState["kind"] {
  switch (type) {
    case "message":
    case "reasoning":
      return type;
    case "function_call":
    case "custom_tool_call":
    case "apply_patch_call":
      return "call";
    default:
      return "other";
  }
}

/** All that a whole item says, in the form in which its deltas come; `undefined`: it does not tell. */
export function saidBy(item: JsonObject): string | undefined {
  switch (item.type) {
    case "message":
      return Array.isArray(item.content)
        ? item.content.map((it) => stringOf(recordOf(it).text ?? recordOf(it).refusal)).join("")
        : undefined;
    case "reasoning": {
      const summary = Array.isArray(item.summary) ? item.summary : [];
      const parts = summary.length > 0 ? summary : Array.isArray(item.content) ? item.content : [];
      return parts.map((it) => stringOf(recordOf(it).text)).join("\n\n");
    }
    case "function_call":
      return typeof item.arguments === "string" ? item.arguments : undefined;
    case "custom_tool_call":
      return typeof item.input === "string" ? JSON.stringify({ input: item.input }) : undefined;
    default:
      return undefined;
  }
}

/** Whether a message holds a refusal. */
export function isRefusing({ content }: JsonObject): boolean {
  return Array.isArray(content) && content.some((it) => recordOf(it).type === "refusal");
}

/** Whether an item can be sent back: reasoning only with what is encrypted of it. */
export function isReplayable(item: JsonObject): boolean {
  return item.type !== "reasoning" || textOf(item.encrypted_content) !== undefined;
}

function stringOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
