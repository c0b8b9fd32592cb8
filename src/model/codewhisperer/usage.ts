import { NO_WIRE_USAGE, type WireUsage } from "../messages.ts";
import { countOf, recordOf } from "../record.ts";
import type { Reading } from "../wire.ts";

/** Characters of a token, on average, of prose and code in English. */
const CHARACTERS = 3.6;

/** Tokens of a text, as near as can be told without the vendor. */
export function estimated(text: string): number {
  return Math.ceil(text.length / CHARACTERS);
}

/** What a stream told of its usage. */
export interface ToldUsage {
  /** `tokenUsage` of a "metadataEvent". */
  tokens: unknown;
  /** How much of the window is used, in percent. */
  percentage: number | undefined;
  /** Characters of the answer. */
  said: number;
}

const USUAL_WINDOW = 200_000;

/** Tokens as they were told, else by the share of the window that is used, else estimated. */
export function usageOf({ tokens, percentage, said }: ToldUsage, { noted }: Reading): WireUsage {
  const told = recordOf(tokens);
  const output = countOf(told.outputTokens);
  if (output !== undefined) {
    return {
      ...NO_WIRE_USAGE,
      input_tokens: countOf(told.uncachedInputTokens) ?? 0,
      output_tokens: output,
      cache_read_input_tokens: countOf(told.cacheReadInputTokens) ?? 0,
      cache_creation_input_tokens: countOf(told.cacheWriteInputTokens) ?? 0,
    };
  }
  const output_tokens = Math.ceil(said / CHARACTERS);
  const used = percentage ?? countOf(told.contextUsagePercentage);
  const window = countOf(noted?.["window"]) ?? USUAL_WINDOW;
  const input =
    used === undefined ? countOf(noted?.["input"]) : Math.round((used / 100) * window) - output_tokens;
  return { ...NO_WIRE_USAGE, input_tokens: Math.max(0, input ?? 0), output_tokens };
}
