import type { Wire } from "../wire.ts";
import { chatAnswer } from "./answer.ts";
import { chatDecoder } from "./decoder.ts";
import { encodeChat } from "./encode.ts";
import { chatFailure } from "./failure.ts";
import { chatModels } from "./models.ts";

/** Chat Completions, as OpenAI and the hosts that speak like it have them; `options.ts` names the differences. */
export const openaiChatWire: Wire = {
  authorize: (key) => ({ authorization: `Bearer ${key}` }),
  encode: encodeChat,
  answer: chatAnswer,
  decoder: chatDecoder,
  failure: chatFailure,
  list: { path: "/models", read: chatModels },
};
