import type { Failure } from "../failure.ts";
import type { WireUsage } from "../messages.ts";
import { countOf, recordOf, textOf } from "../record.ts";

/** The usage of an answer in disjoint classes; `undefined`: it says none. Hosts have several names for cached tokens. */
export function usageOf(usage: unknown, reasoningBeside: boolean): WireUsage | undefined {
  const it = recordOf(usage);
  const prompt = countOf(it["prompt_tokens"]) ?? countOf(it["input_tokens"]);
  const completion = countOf(it["completion_tokens"]) ?? countOf(it["output_tokens"]);
  if (prompt === undefined && completion === undefined) return undefined;
  const details = recordOf(it["prompt_tokens_details"]);
  const read = firstCount(
    details["cached_tokens"],
    it["prompt_cache_hit_tokens"],
    it["cache_read_input_tokens"],
    it["cached_tokens"],
  );
  const written = firstCount(details["cache_write_tokens"], it["cache_creation_input_tokens"]);
  const reasoning = countOf(recordOf(it["completion_tokens_details"])["reasoning_tokens"]);
  return {
    input_tokens: Math.max(0, (prompt ?? 0) - read - written),
    output_tokens: (completion ?? 0) + (reasoningBeside ? (reasoning ?? 0) : 0),
    cache_read_input_tokens: read,
    cache_creation_input_tokens: written,
    ...(reasoning !== undefined && { output_tokens_details: { thinking_tokens: reasoning } }),
  };
}

function firstCount(...counts: readonly unknown[]): number {
  return counts.map(countOf).find((it) => it !== undefined) ?? 0;
}

/** Why an answer ended, in the words of the Messages API. */
export interface Ending {
  readonly stop: string;
  readonly sequence: string | null;
}

/** The ending of a choice; calls count even where the host says "stop". */
export function endingOf(choice: unknown, hasCalls: boolean, isRefused = false): Ending {
  const it = recordOf(choice);
  // SGLang and vLLM tell which sequence it was; a number is a token of the model's own.
  const sequence = textOf(it["matched_stop"]) ?? textOf(it["stop_reason"]) ?? null;
  const stop = stopOf(it["finish_reason"], hasCalls, isRefused);
  return stop === "end_turn" && sequence !== null
    ? { stop: "stop_sequence", sequence }
    : { stop, sequence: null };
}

function stopOf(finish: unknown, hasCalls: boolean, isRefused: boolean): string {
  switch (finish) {
    case "length":
    case "max_tokens":
    case "model_length":
      return "max_tokens";
    case "content_filter":
      return "refusal";
    default:
      return isRefused ? "refusal" : hasCalls ? "tool_use" : "end_turn";
  }
}

/** Whether arguments that are no JSON may be repaired: the model had ended them. */
export function hasEndedCalls(finish: unknown): boolean {
  return finish === "tool_calls" || finish === "function_call";
}

/** The failure that some hosts tell as an ending; `undefined`: it is none. */
export function failedEnding(choice: unknown): Failure | undefined {
  switch (recordOf(choice)["finish_reason"]) {
    case "error":
      return { kind: "server", message: "the host ended the answer with an error" };
    case "insufficient_system_resource":
      return { kind: "overloaded", message: "the host broke the answer off for want of resources" };
    default:
      return undefined;
  }
}

/** The thoughts in a message or a delta, under whichever name; "" when it has none. */
export function reasoningOf(message: unknown): string {
  const it = recordOf(message);
  const plain = textOf(it["reasoning_content"]) ?? textOf(it["reasoning"]);
  if (plain !== undefined) return plain;
  const details = Array.isArray(it["reasoning_details"]) ? it["reasoning_details"] : [];
  return details
    .map((detail) => textOf(recordOf(detail)["text"]) ?? textOf(recordOf(detail)["summary"]) ?? "")
    .join("");
}

/** The words in the content of a message or a delta, with what it refused. */
export function wordsOf(message: unknown): { readonly text: string; readonly isRefused: boolean } {
  const { content, refusal } = recordOf(message);
  const parts: readonly unknown[] = Array.isArray(content) ? content : [content];
  const refused = [...parts.map((it) => textOf(recordOf(it)["refusal"])), textOf(refusal)];
  const texts = parts.map((it) =>
    typeof it === "string" ? it : (textOf(recordOf(it)["text"]) ?? textOf(recordOf(it)["refusal"]) ?? ""),
  );
  return {
    text: texts.join("") + (textOf(refusal) ?? ""),
    isRefused: refused.some((it) => it !== undefined),
  };
}

/** The first choice of an answer or a chunk; others are further answers to the same request. */
export function firstChoice(body: unknown): Readonly<Record<string, unknown>> | undefined {
  const { choices } = recordOf(body);
  if (!Array.isArray(choices)) return undefined;
  const found: unknown = choices.find((it) => (recordOf(it)["index"] ?? 0) === 0);
  return typeof found === "object" && found !== null ? (found as Record<string, unknown>) : undefined;
}
