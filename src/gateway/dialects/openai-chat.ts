import type { JsonObject } from "../../model/conversation.ts";
import type { ModelInfo } from "../../model/provider.ts";
import type { Dialect } from "../dialect.ts";
import { keyAmong } from "../key-among.ts";
import { chatCompletion } from "../openai-chat/answer.ts";
import { decodeChat } from "../openai-chat/decode.ts";
import { chatRefusal } from "../openai-chat/refusal.ts";
import { chatEncoder } from "../openai-chat/stream.ts";

/** Chat Completions (OpenAI API reference), as OpenAI's SDKs and most other clients speak it. */
export const openaiChat: Dialect = {
  name: "openai-chat",
  native: ["openai-chat", "openai"],
  wants({ method, path, headers }) {
    if (method === "POST" && path === "/v1/chat/completions") return "answer";
    const isAnthropic = headers["anthropic-version"] !== undefined || headers["x-api-key"] !== undefined;
    if (method !== "GET" || isAnthropic) return undefined;
    if (path === "/v1/models") return "models";
    return path.startsWith("/v1/models/") ? "model" : undefined;
  },
  keyOf: ({ headers }) => keyAmong([], headers.authorization),
  decode: decodeChat,
  answer: chatCompletion,
  encoder: chatEncoder,
  refusal: chatRefusal,
  count: (tokens) => ({ object: "response.input_tokens", input_tokens: tokens }),
  models: (models) => ({
    object: "list",
    data: models.map(modelOf),
  }),
  model: modelOf,
  ping: ": keep-alive\n\n",
};

function modelOf({ id }: ModelInfo): JsonObject {
  return { id, object: "model", created: LISTED, owned_by: "wheelhouse" };
}

/** The list wants a time for each model, which nobody keeps: the beginning of 2026. */
const LISTED = 1_767_225_600;
