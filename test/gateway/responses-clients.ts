import { openaiResponses as dialect } from "../../src/gateway/dialects/openai-responses.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import { type MessagesAnswer, NO_WIRE_USAGE, type WireBlock } from "../../src/model/messages.ts";

/** A call of a client. */
export const CALL = { method: "POST", path: "/v1/responses", query: new URLSearchParams(), headers: {} };
/** The canonical request for items. */
export const asked = (input: unknown, more: JsonObject = {}) =>
  dialect.decode({ model: "m", input, ...more } as JsonObject, CALL);
/** The messages of it. */
export const heardFor = (input: unknown) => asked(input).messages;
/** A block of text. */
export const text = (it: string): WireBlock => ({ type: "text", text: it });
/** An item that somebody says. */
export const says = (role: string, content: unknown) => ({ type: "message", role, content });
/** An item that calls. */
export const fn = (call_id: string, args: string, more: JsonObject = {}) => ({
  type: "function_call",
  call_id,
  name: "look",
  arguments: args,
  ...more,
});
/** An item with a call's output. */
export const out = (call_id: string, output: unknown) => ({ type: "function_call_output", call_id, output });
/** A block that calls. */
export const use = (id: string, name = "look", input: JsonObject = {}) => ({
  type: "tool_use",
  id,
  name,
  input,
});
/** A block with a result. */
export const result = (id: string, content: unknown) => ({ type: "tool_result", tool_use_id: id, content });

/** What an answer's form depends on. */
export const FORM = { model: "mine", body: {}, created: 1, id: "made1" };

/** An answer with blocks. */
export function answerOf(content: readonly unknown[], more: Partial<MessagesAnswer> = {}): MessagesAnswer {
  return {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "theirs",
    content: content as readonly WireBlock[],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: {
      ...NO_WIRE_USAGE,
      input_tokens: 1,
      cache_read_input_tokens: 2,
      cache_creation_input_tokens: 3,
      output_tokens: 4,
    },
    ...more,
  };
}

/** The items of an answer. */
export const outputOf = (answer: MessagesAnswer) =>
  dialect.answer(answer, FORM)["output"] as readonly JsonObject[];
