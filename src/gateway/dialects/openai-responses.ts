import type { JsonObject } from "../../model/conversation.ts";
import { eventsOfAnswer } from "../../model/fold-answer.ts";
import type { AnswerForm, Dialect, StreamEncoder } from "../dialect.ts";
import { keyAmong } from "../key-among.ts";
import { chatRefusal } from "../openai-chat/refusal.ts";
import { decodeResponses } from "../openai-responses/decode.ts";
import { responseWriter } from "../openai-responses/writer.ts";
import { openaiChat } from "./openai-chat.ts";

/** OpenAI's Responses API (OpenAI API reference, Responses), as Codex and the SDKs speak it. */
export const openaiResponses: Dialect = {
  name: "openai-responses",
  native: ["openai"],
  wants({ method, path }) {
    if (method !== "POST") return undefined;
    if (path === "/v1/responses" || path === "/responses") return "answer";
    return path === "/v1/responses/input_tokens" || path === "/responses/input_tokens" ? "count" : undefined;
  },
  keyOf: ({ headers }) => keyAmong([headers["api-key"]], headers.authorization),
  decode: decodeResponses,
  answer(answer, form) {
    const writer = responseWriter(form);
    for (const it of eventsOfAnswer(answer)) writer.take(it);
    return writer.response();
  },
  encoder,
  refusal: chatRefusal,
  count: (tokens) => ({ object: "response.input_tokens", input_tokens: tokens }),
  models: openaiChat.models,
  model: openaiChat.model,
  ping: ": keep-alive\n\n",
};

function encoder(form: AnswerForm): StreamEncoder {
  let text = "";
  const writer = responseWriter(form, (event) => {
    text += written(event);
  });
  return {
    take(event) {
      text = "";
      writer.take(event);
      return text;
    },
  };
}

function written(event: JsonObject): string {
  return `event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`;
}
