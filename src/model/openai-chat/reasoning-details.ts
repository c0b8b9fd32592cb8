import { carriedIn, carriedSignature } from "../carried.ts";
import type { Json, JsonObject } from "../conversation.ts";
import { recordOf, textOf } from "../record.ts";

/**
 * The `reasoning_details` with which hosts such as OpenRouter give what a vendor has signed or keeps closed, and which
 * have to go back to the same model unchanged and in their order
 * (https://openrouter.ai/docs/use-cases/reasoning-tokens, "Preserving Reasoning Blocks").
 */
export interface Details {
  /** Takes what a message or a delta has of them. */
  add(message: unknown): void;
  /** The signature that carries what came since the last time; `undefined`: nothing of it has to go back. */
  take(): string | undefined;
}

const VENDOR = "openai-chat";

/** The details of one answer of a model, put together from their pieces. */
export function detailsOf(model: string): Details {
  let pending: JsonObject[] = [];
  return {
    add(message) {
      for (const it of listOf(recordOf(message)["reasoning_details"])) {
        const last = pending.at(-1);
        if (last !== undefined && isMore(last, it)) pending[pending.length - 1] = joined(last, it);
        else pending.push(it);
      }
    },
    take() {
      if (!pending.some(isSealed)) return undefined;
      const details = pending;
      pending = [];
      return carriedSignature(VENDOR, { model, details });
    },
  };
}

/** The details that a signature carries for a model; `undefined`: none. */
export function detailsIn(signature: string, model: string): readonly JsonObject[] | undefined {
  const carried = recordOf(carriedIn(signature, VENDOR));
  return carried["model"] === model ? listOf(carried["details"]) : undefined;
}

/** Whether a signature is of such a host, so that the thinking beside it is open. */
export function isOfDetails(signature: string): boolean {
  return carriedIn(signature, VENDOR) !== undefined;
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((it) => textOf(recordOf(it)["type"]) !== undefined) : [];
}

/** Signed by its vendor, or closed to everybody else. */
function isSealed(it: JsonObject): boolean {
  return Boolean(textOf(it["signature"])) || it["type"] === "reasoning.encrypted";
}

/** Whether a piece goes on with what the one before it began. */
function isMore(last: JsonObject, it: JsonObject): boolean {
  const isOpen = it["type"] === "reasoning.text" || it["type"] === "reasoning.summary";
  return isOpen && it["type"] === last["type"] && isSame(last["index"], it["index"]) && !isSealed(last);
}

function isSame(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || a === undefined || b === undefined;
}

/** Text goes on; of all else, what is said last and is something holds. */
function joined(last: JsonObject, more: JsonObject): JsonObject {
  const said = Object.entries(more).filter(([, value]) => value !== null && value !== "");
  const texts = ["text", "summary"].flatMap((name) =>
    textOf(last[name]) === undefined && textOf(more[name]) === undefined
      ? []
      : [[name, (textOf(last[name]) ?? "") + (textOf(more[name]) ?? "")]],
  );
  return { ...last, ...Object.fromEntries(said), ...Object.fromEntries(texts) };
}
