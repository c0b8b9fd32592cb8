import type { WireUsage } from "../messages.ts";
import { countOf, recordOf } from "../record.ts";

/**
 * `usageMetadata` in disjoint classes: the prompt's count includes what was cached, and thoughts are billed as output
 * beside the candidates (https://ai.google.dev/api/generate-content#UsageMetadata).
 */
export function usageOf(metadata: unknown): WireUsage {
  const count = (name: string) => countOf(recordOf(metadata)[name]) ?? 0;
  const prompt = count("promptTokenCount") + count("toolUsePromptTokenCount");
  const cached = Math.min(prompt, count("cachedContentTokenCount"));
  const thoughts = count("thoughtsTokenCount");
  return {
    input_tokens: prompt - cached,
    output_tokens: count("candidatesTokenCount") + thoughts,
    cache_read_input_tokens: cached,
    cache_creation_input_tokens: 0,
    ...(thoughts > 0 && { output_tokens_details: { thinking_tokens: thoughts } }),
  };
}
