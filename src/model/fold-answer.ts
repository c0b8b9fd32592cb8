import type { Json, JsonObject } from "./conversation.ts";
import type { Failure } from "./failure.ts";
import type { MessagesAnswer, StreamEvent, WireBlock } from "./messages.ts";
import { textOf } from "./record.ts";

/** A whole answer made of its events. */
export interface AnswerFold {
  take(event: StreamEvent): void;
  /** The answer, or why there is none. */
  finish(): MessagesAnswer | Failure;
}

/** Whether it is a failure and no answer. */
export function isFailure(it: MessagesAnswer | Failure): it is Failure {
  return "kind" in it;
}

/** Folds the events of one answer. Input of calls that is no JSON object becomes `{}`. */
export function answerFold(): AnswerFold {
  let message: MessagesAnswer | undefined;
  let failure: Failure | undefined;
  let isWhole = false;
  const blocks: WireBlock[] = [];
  const inputs = new Map<number, string>();
  return {
    take(event) {
      if (event.type === "message_start") message = event.message;
      else if (event.type === "content_block_start") blocks[event.index] = event.content_block;
      else if (event.type === "content_block_delta") extend(event.index, event.delta);
      else if (event.type === "message_delta" && message)
        message = { ...message, ...event.delta, usage: { ...message.usage, ...event.usage } };
      else if (event.type === "error") failure = event.failure;
      isWhole ||= event.type === "message_stop";
    },
    finish() {
      if (failure !== undefined) return failure;
      if (message === undefined || !isWhole)
        return { kind: "cut", message: "the stream ended before the answer" };
      // Indices that a vendor left out leave holes.
      const whole = [...blocks.entries()].filter(([, it]) => it !== undefined);
      return { ...message, content: whole.map(([index, it]) => withInput(it, inputs.get(index))) };
    },
  };

  function extend(index: number, delta: WireBlock): void {
    const block = blocks[index];
    if (block === undefined) return;
    if (delta.type === "input_json_delta")
      inputs.set(index, (inputs.get(index) ?? "") + (textOf(delta["partial_json"]) ?? ""));
    else blocks[index] = extended(block, delta);
  }
}

function extended(block: WireBlock, delta: WireBlock): WireBlock {
  const grown = (name: string) => ({
    ...block,
    [name]: (textOf(block[name]) ?? "") + (textOf(delta[name]) ?? ""),
  });
  switch (delta.type) {
    case "text_delta":
      return grown("text");
    case "thinking_delta":
      return grown("thinking");
    case "signature_delta":
      return grown("signature");
    case "citations_delta":
      return { ...block, citations: [...listOf(block["citations"]), delta["citation"] ?? null] };
    default:
      return block;
  }
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function withInput(block: WireBlock, raw: string | undefined): WireBlock {
  return raw === undefined ? block : { ...block, input: inputOf(raw) };
}

function inputOf(raw: string): JsonObject {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}

/** The events of a whole answer. */
export function* eventsOfAnswer(answer: MessagesAnswer): Generator<StreamEvent> {
  const { content, stop_reason, stop_sequence, usage, ...head } = answer;
  yield {
    type: "message_start",
    message: { ...head, content: [], stop_reason: null, stop_sequence: null, usage } as MessagesAnswer,
  };
  for (const [index, block] of content.entries()) {
    const deltas = deltasOf(block);
    yield { type: "content_block_start", index, content_block: deltas.start };
    for (const delta of deltas.deltas) yield { type: "content_block_delta", index, delta };
    yield { type: "content_block_stop", index };
  }
  yield { type: "message_delta", delta: { stop_reason, stop_sequence }, usage };
  yield { type: "message_stop" };
}

function deltasOf(block: WireBlock): { readonly start: WireBlock; readonly deltas: readonly WireBlock[] } {
  if (block.type === "text") {
    const text = textOf(block.text);
    return { start: { ...block, text: "" }, deltas: text ? [{ type: "text_delta", text }] : [] };
  }
  if (block.type === "thinking") {
    const { thinking, signature } = { thinking: textOf(block.thinking), signature: textOf(block.signature) };
    return {
      start: { ...block, thinking: "", signature: "" },
      deltas: [
        ...(thinking ? [{ type: "thinking_delta", thinking }] : []),
        ...(signature ? [{ type: "signature_delta", signature }] : []),
      ],
    };
  }
  if (block.type !== "tool_use") return { start: block, deltas: [] };
  return {
    start: { ...block, input: {} },
    deltas: [{ type: "input_json_delta", partial_json: JSON.stringify(block.input ?? {}) }],
  };
}
