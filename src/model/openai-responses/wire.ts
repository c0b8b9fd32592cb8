import { undescribed } from "../anthropic-models.ts";
import type { ModelInfo } from "../provider.ts";
import { countOf, recordOf, textOf } from "../record.ts";
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
  list: { path: "/models", read: modelsIn },
  count: { encode: encodeCount, read: (body) => countOf(recordOf(body).input_tokens) },
};

function modelsIn(body: unknown): readonly ModelInfo[] {
  const { data } = recordOf(body);
  const ids = (Array.isArray(data) ? data : []).flatMap((it) => textOf(recordOf(it).id) ?? []);
  return ids.map((id) => undescribed(id).info);
}
