import type { JsonObject } from "../../src/model/conversation.ts";
import type { MessagesRequest, WireBlock } from "../../src/model/messages.ts";
import { openaiResponsesWire as wire } from "../../src/model/openai-responses/wire.ts";
import type { ModelInfo } from "../../src/model/provider.ts";

/** A request that says hello. */
export const NOTHING: MessagesRequest = {
  model: "m",
  stream: false,
  system: [],
  messages: [{ role: "user", content: [{ type: "text", text: "hello" }] }],
  tools: [],
  rest: {},
  betas: [],
};

/** A request as it is sent, with what is to be known of it. */
export const encoded = (
  more: Partial<MessagesRequest>,
  model = "gpt-6-sol",
  info?: ModelInfo,
  options: JsonObject = {},
) => wire.encode({ ...NOTHING, ...more }, { model, info, options });
/** The body that is sent. */
export const sent = (...of: Parameters<typeof encoded>): JsonObject => encoded(...of).body;
/** The items that are sent for messages. */
export const inputFor = (...messages: readonly [string, ...WireBlock[]][]) =>
  sent({
    messages: messages.map(([role, ...content]) => ({ role: role as "user", content })),
  })["input"] as readonly JsonObject[];

/** A block of text. */
export const text = (it: string): WireBlock => ({ type: "text", text: it });
/** A call. */
export const use = (id: string, name = "look", input: JsonObject = {}): WireBlock => ({
  type: "tool_use",
  id,
  name,
  input,
});
/** The result of a call. */
export const result = (id: string, content: WireBlock["content"], more: JsonObject = {}): WireBlock =>
  ({ type: "tool_result", tool_use_id: id, content, ...more }) as WireBlock;
/** An output as it is sent. */
export const output = (call_id: string, it: unknown) => ({
  type: "function_call_output",
  call_id,
  output: it,
});
/** What a user says, as it is sent. */
export const heard = (...content: readonly JsonObject[]) => ({ type: "message", role: "user", content });
/** A part of text as it is sent. */
export const says = (it: string) => ({ type: "input_text", text: it });
/** An image. */
export const PNG = { type: "image", source: { type: "base64", media_type: "image/png", data: "QUJD" } };
/** The image as it is sent. */
export const PNG_PART = { type: "input_image", detail: "auto", image_url: "data:image/png;base64,QUJD" };
