import { chatModels } from "../openai-chat/models.ts";
import { countOf, recordOf } from "../record.ts";
import type { Wire } from "../wire.ts";
import { responseIn, responsesDecoder } from "./answer.ts";
import { encodeCount, encodeResponses } from "./encode.ts";
import { responsesRefusal } from "./failure.ts";

/**
 * OpenAI's Responses API (OpenAI API reference, Responses), used without state at the vendor: nothing is stored, and the
 * client's conversation holds all there is to know.
 */
export const openaiResponsesWire: Wire = {
  authorize: (key) => ({ authorization: `Bearer ${key}` }),
  encode: encodeResponses,
  answer: responseIn,
  decoder: responsesDecoder,
  failure: responsesRefusal,
  list: { path: "/models", read: chatModels },
  count: { encode: encodeCount, read: (body) => countOf(recordOf(body).input_tokens) },
};
