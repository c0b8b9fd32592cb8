import { openWired } from "../open-wired.ts";
import { OPENAI_MODELS, openaiModel } from "../openai-models.ts";
import { openaiResponsesWire } from "../openai-responses/wire.ts";
import type { ProviderType, Wired } from "../provider.ts";

const wired: Wired = {
  wire: openaiResponsesWire,
  address: "https://api.openai.com/v1",
  keysIn: ["OPENAI_API_KEY"],
};
const known = {
  models: OPENAI_MODELS.map((it) => it.info),
  infoOf: (model: string) => openaiModel(model)?.info,
};

/** OpenAI over its Responses API (https://platform.openai.com/docs/api-reference/responses), with reasoning kept from turn to turn. */
export const openai: ProviderType = {
  type: "openai",
  claims: (model) => /^(gpt-|o\d|chatgpt-|codex-)/.test(model),
  infoOf: known.infoOf,
  known: known.models,
  open: (setup) => openWired("openai", wired, known, setup),
  wired,
};
