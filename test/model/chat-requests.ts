import type { JsonObject } from "../../src/model/conversation.ts";
import type { MessagesRequest, WireBlock, WireMessage } from "../../src/model/messages.ts";
import { openaiChatWire } from "../../src/model/openai-chat/wire.ts";
import { openaiModel } from "../../src/model/openai-models.ts";

/** A request encoded for Chat Completions; what it does not say is as little as can be. */
export function encoded(more: Partial<MessagesRequest>, options: JsonObject = {}, model = "m") {
  const request: MessagesRequest = {
    model,
    stream: false,
    system: [],
    messages: [says("user", text("q"))],
    tools: [],
    rest: {},
    betas: [],
    ...more,
  };
  return openaiChatWire.encode(request, { model, info: openaiModel(model)?.info, options });
}
/** The body of such a request. */
export const sent = (more: Partial<MessagesRequest>, options: JsonObject = {}, model = "m") =>
  encoded(more, options, model).body;
/** The messages in the body for these. */
export const messagesFor = (messages: readonly WireMessage[], options: JsonObject = {}) =>
  sent({ messages }, options)["messages"] as readonly JsonObject[];

/** A message. */
export const says = (role: WireMessage["role"], ...content: WireBlock[]): WireMessage => ({ role, content });
/** A block of words. */
export const text = (words: string): WireBlock => ({ type: "text", text: words });
/** A call of the tool `look`. */
export const call = (id: string, input: JsonObject = {}): WireBlock => ({
  type: "tool_use",
  id,
  name: "look",
  input,
});
/** The result of a call. */
export const result = (id: string, content?: unknown, more: JsonObject = {}): WireBlock =>
  ({ type: "tool_result", tool_use_id: id, content, ...more }) as WireBlock;
/** A picture of one byte, and the same as a part. */
export const picture: WireBlock = {
  type: "image",
  source: { type: "base64", media_type: "image/png", data: "AA" },
};
export const pictureUrl = { type: "image_url", image_url: { url: "data:image/png;base64,AA" } };
/** The tool `look`. */
export const look = { name: "look", input_schema: { type: "object", properties: {} } };
