// Gathered by scripts/gather.ts: edit the files beside this one, not this list.
import type { ProviderType } from "../provider.ts";
import { anthropic } from "./anthropic.ts";
import { bedrock } from "./bedrock.ts";
import { codewhisperer } from "./codewhisperer.ts";
import { foundry } from "./foundry.ts";
import { gemini } from "./gemini.ts";
import { offline } from "./offline.ts";
import { openai } from "./openai.ts";
import { openaiChat } from "./openai-chat.ts";
import { vertex } from "./vertex.ts";

/** Every way to reach models, in the order in which they are asked whether a model is theirs. */
export const providerTypes: readonly ProviderType[] = [
  anthropic,
  bedrock,
  codewhisperer,
  foundry,
  gemini,
  offline,
  openaiChat,
  openai,
  vertex,
];
