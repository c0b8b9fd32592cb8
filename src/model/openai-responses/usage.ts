import { NO_WIRE_USAGE, type WireUsage } from "../messages.ts";
import { countOf, recordOf } from "../record.ts";

/** Tokens of a response: its `input_tokens` hold those that were read from and written to the cache. */
export function usageOf(value: unknown): WireUsage {
  const usage = recordOf(value);
  const details = recordOf(usage.input_tokens_details);
  const read = countOf(details.cached_tokens) ?? 0;
  const written = countOf(details.cache_write_tokens) ?? 0;
  const thought = countOf(recordOf(usage.output_tokens_details).reasoning_tokens);
  return {
    ...NO_WIRE_USAGE,
    input_tokens: Math.max(0, (countOf(usage.input_tokens) ?? 0) - read - written),
    output_tokens: countOf(usage.output_tokens) ?? 0,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: written,
    ...(thought !== undefined && thought > 0 && { output_tokens_details: { thinking_tokens: thought } }),
  };
}

/** Why an answer ended, in the words of the Messages API. */
export function stopOf(
  response: Readonly<Record<string, unknown>>,
  { hasCalls, hasBroken, isRefusal }: Readonly<Record<"hasCalls" | "hasBroken" | "isRefusal", boolean>>,
): string {
  if (response.status === "incomplete") {
    const { reason } = recordOf(response.incomplete_details);
    if (reason === "content_filter") return "refusal";
    // Whoever steered an answer goes on at once.
    return reason === "steered" ? "pause_turn" : "max_tokens";
  }
  // A call whose input breaks off was cut, whatever the vendor says.
  if (hasBroken) return "max_tokens";
  if (hasCalls) return "tool_use";
  return isRefusal ? "refusal" : "end_turn";
}
