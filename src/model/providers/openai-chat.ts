import { openWired } from "../open-wired.ts";
import { openaiChatWire } from "../openai-chat/wire.ts";
import { withOllama } from "../openai-chat/with-ollama.ts";
import { openaiModel } from "../openai-models.ts";
import type { ProviderType, Wired } from "../provider.ts";

const wired: Wired = {
  wire: openaiChatWire,
  address: "https://api.openai.com/v1",
  // Hosts on one's own machine ask for none.
  keysIn: [],
};
const known = { models: [], infoOf: (model: string) => openaiModel(model)?.info };

/**
 * Everything that speaks Chat Completions (https://platform.openai.com/docs/api-reference/chat): OpenRouter, Azure,
 * DeepSeek, Groq, Mistral, xAI, vLLM, LM Studio, Ollama. It serves what its settings name, or what it lists.
 */
export const openaiChat: ProviderType = {
  type: "openai-chat",
  claims: () => false,
  infoOf: known.infoOf,
  open: (setup) => withOllama(openWired("openai-chat", wired, known, setup), setup),
  wired,
};
