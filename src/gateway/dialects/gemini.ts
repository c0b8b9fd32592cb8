import type { JsonObject } from "../../model/conversation.ts";
import type { ModelInfo } from "../../model/provider.ts";
import type { Dialect } from "../dialect.ts";
import { geminiAnswer } from "../gemini/answer.ts";
import { decodeGemini } from "../gemini/decode.ts";
import { methodOf, wantedBy } from "../gemini/paths.ts";
import { geminiRefusal } from "../gemini/refusal.ts";
import { geminiEncoder } from "../gemini/stream.ts";
import { keyAmong } from "../key-among.ts";

/** Google's Gemini API (https://ai.google.dev/api), as its SDKs and Gemini CLI speak it. */
export const gemini: Dialect = {
  name: "gemini",
  native: ["gemini"],
  wants: wantedBy,
  keyOf: ({ headers, query }) =>
    keyAmong([headers["x-goog-api-key"], query.get("key") ?? undefined], headers.authorization),
  modelIn: ({ path }) => methodOf(path)?.model,
  decode: decodeGemini,
  answer: geminiAnswer,
  encoder: geminiEncoder,
  refusal: geminiRefusal,
  count: (tokens) => ({ totalTokens: tokens }),
  models: (models) => ({ models: models.map(modelOf) }),
  model: modelOf,
  // Some of its SDKs read no comments between events; an empty line fits those as well as a list of responses.
  ping: "\n",
};

function modelOf({ id, name, contextWindow, maxOutput, efforts }: ModelInfo): JsonObject {
  return {
    name: `models/${id}`,
    version: id,
    displayName: name,
    inputTokenLimit: contextWindow,
    outputTokenLimit: maxOutput,
    supportedGenerationMethods: ["generateContent", "countTokens"],
    thinking: efforts.length > 0,
  };
}
