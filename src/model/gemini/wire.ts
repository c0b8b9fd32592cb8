import { answerFold, isFailure } from "../fold-answer.ts";
import { mergeGeminiListed } from "../gemini-models.ts";
import type { MessagesAnswer, MessagesRequest } from "../messages.ts";
import { countOf, recordOf } from "../record.ts";
import type { Encoded, Reading, Wire, WireTarget } from "../wire.ts";
import { Unreadable } from "../wire.ts";
import { encodeGemini, pathOf } from "./encode.ts";
import { failureOfRefusal } from "./failure.ts";
import { responseReader } from "./reader.ts";
import { type SignatureMemory, signatureMemory } from "./signatures.ts";
import { geminiDecoder } from "./stream.ts";

/** With what a wire to Gemini remembers and knows the day. */
export interface GeminiSetup {
  /** Written when answers are read, read when requests are encoded. */
  readonly memory?: SignatureMemory;
  /** Today as YYYY-MM-DD, for prices; absent: the last known price of a model is shown. */
  readonly today?: () => string;
}

/** A wire to Google's Gemini API, `generateContent` (https://ai.google.dev/api/generate-content). */
export function geminiWireWith({ memory = signatureMemory(), today }: GeminiSetup): Wire {
  return {
    authorize: (key) => ({ "x-goog-api-key": key }),
    encode: (request, target) => encodeGemini(request, target, memory),
    answer: (body, reading) => answerOf(body, reading, memory),
    decoder: (reading) => geminiDecoder(reading, memory),
    failure: failureOfRefusal,
    list: {
      path: "/v1beta/models?pageSize=1000",
      read: (body) => mergeGeminiListed(body, today?.()),
    },
    count: {
      encode: (request, target) => encodeCount(request, target, memory),
      read: (body) => countOf(recordOf(body)["totalTokens"]),
    },
  };
}

/** The wire to Gemini with a memory of its own. */
export const geminiWire: Wire = geminiWireWith({});

function answerOf(body: unknown, reading: Reading, memory: SignatureMemory): MessagesAnswer {
  const reader = responseReader(reading, memory);
  const fold = answerFold();
  // A list is a stream that came at once.
  const responses: readonly unknown[] = Array.isArray(body) ? body : [body];
  for (const it of responses) reader.take(it).forEach(fold.take);
  reader.end().forEach(fold.take);
  const answer = fold.finish();
  if (isFailure(answer)) throw new Unreadable(answer);
  return answer;
}

/** Only within a whole request are the instruction and the tools counted (https://ai.google.dev/api/tokens). */
function encodeCount(request: MessagesRequest, target: WireTarget, memory: SignatureMemory): Encoded {
  const encoded = encodeGemini(request, target, memory);
  const model = `models/${target.model.replace(/^models\//, "")}`;
  return {
    ...encoded,
    path: `${pathOf(target.model)}:countTokens`,
    body: { generateContentRequest: { model, ...encoded.body } },
  };
}
