import type { JsonObject } from "../../model/conversation.ts";
import type { WireBlock } from "../../model/messages.ts";
import { opaqueIn } from "../../model/openai-responses/opaque.ts";
import { textOf } from "../../model/record.ts";
import { packed } from "./input.ts";
import { emitAdded, emitDone, emitOf, nextId, type ReasoningPart, type Writing } from "./writing.ts";

/** Begins thinking, which is written as a summary. */
export function beginReasoning(writing: Writing, block: WireBlock): ReasoningPart {
  const id = `rs_${nextId(writing)}`;
  return { kind: "reasoning", id, block, text: "", signature: textOf(block.signature) ?? "" };
}

/** Adds to it. */
export function addThinking(writing: Writing, part: ReasoningPart, more: string): void {
  const { id } = part;
  if (part.text === "") {
    emitAdded(writing, { id, type: "reasoning", summary: [] });
    emitOf(writing, id, "response.reasoning_summary_part.added", summaryPart(""));
  }
  part.text += more;
  emitOf(writing, id, "response.reasoning_summary_text.delta", { summary_index: 0, delta: more });
}

/**
 * Ends it. The items of this vendor come back as they were, unless others have been begun for them: then what they
 * were is carried in `encrypted_content`.
 */
export function endReasoning(writing: Writing, part: ReasoningPart): void {
  const opaque = opaqueIn(part.signature);
  writing.phase = opaque?.phase;
  const hasBegun = writing.send !== undefined && part.text !== "";
  if (opaque !== undefined && !hasBegun) {
    for (const it of opaque.items) show(writing, it);
    return;
  }
  const isNothing = part.text === "" && part.signature === "" && part.block.type === "thinking";
  if (isNothing) return;
  const item = itemOf(part, opaque === undefined ? packedOf(part) : part.signature);
  if (!hasBegun) return show(writing, item);
  const { id, text } = part;
  emitOf(writing, id, "response.reasoning_summary_text.done", { summary_index: 0, text });
  emitOf(writing, id, "response.reasoning_summary_part.done", summaryPart(text));
  emitDone(writing, item);
}

/** An item that comes whole, and once. */
function show(writing: Writing, item: JsonObject): void {
  if (item.id !== undefined && writing.output.some((it) => it.id === item.id)) return;
  emitAdded(writing, item);
  emitDone(writing, item);
}

function packedOf({ block, text, signature }: ReasoningPart): string | undefined {
  if (block.type !== "thinking") return packed(block);
  return signature === "" ? undefined : packed({ type: "thinking", thinking: text, signature });
}

function itemOf({ id, text }: ReasoningPart, encrypted: string | undefined): JsonObject {
  const summary = text === "" ? [] : [{ type: "summary_text", text }];
  return { id, type: "reasoning", summary, ...(encrypted !== undefined && { encrypted_content: encrypted }) };
}

function summaryPart(text: string): JsonObject {
  return { summary_index: 0, part: { type: "summary_text", text } };
}
