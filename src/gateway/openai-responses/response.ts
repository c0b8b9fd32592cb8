import type { Json, JsonObject } from "../../model/conversation.ts";
import type { WireUsage } from "../../model/messages.ts";
import { countOf, recordOf, textOf } from "../../model/record.ts";
import type { AnswerForm } from "../dialect.ts";

/** Where a response stands. */
export interface ResponseState {
  readonly id: string;
  readonly status: "in_progress" | "completed" | "incomplete" | "failed";
  readonly output: readonly JsonObject[];
  readonly usage?: WireUsage;
  /** Why it is incomplete. */
  readonly reason?: string;
  readonly error?: JsonObject;
}

/** A response object (OpenAI API reference, Responses, "The response object"), with what the client asked for. */
export function responseObject(state: ResponseState, { model, body, created }: AnswerForm): JsonObject {
  const or = (name: string, other: Json): Json => body[name] ?? other;
  const reasoning = recordOf(body.reasoning) as JsonObject;
  const text = recordOf(body.text) as JsonObject;
  return {
    id: state.id,
    object: "response",
    created_at: created,
    status: state.status,
    background: false,
    error: state.error ?? null,
    incomplete_details: state.reason === undefined ? null : { reason: state.reason },
    instructions: or("instructions", null),
    max_output_tokens: or("max_output_tokens", null),
    max_tool_calls: or("max_tool_calls", null),
    model,
    output: state.output,
    parallel_tool_calls: or("parallel_tool_calls", true),
    previous_response_id: null,
    prompt_cache_key: or("prompt_cache_key", null),
    reasoning: { effort: reasoning.effort ?? null, summary: reasoning.summary ?? null },
    safety_identifier: or("safety_identifier", null),
    service_tier: "default",
    store: false,
    temperature: or("temperature", 1),
    text: { ...text, format: text.format ?? { type: "text" } },
    tool_choice: or("tool_choice", "auto"),
    tools: or("tools", []),
    top_logprobs: or("top_logprobs", 0),
    top_p: or("top_p", 1),
    truncation: or("truncation", "disabled"),
    usage: state.usage === undefined ? null : usageObject(state.usage),
    user: or("user", null),
    metadata: or("metadata", {}),
  };
}

function usageObject(usage: WireUsage): JsonObject {
  const { input_tokens, cache_read_input_tokens: read, cache_creation_input_tokens: written } = usage;
  const input = input_tokens + read + written;
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: read, cache_write_tokens: written },
    output_tokens: usage.output_tokens,
    output_tokens_details: { reasoning_tokens: countOf(usage.output_tokens_details?.thinking_tokens) ?? 0 },
    total_tokens: input + usage.output_tokens,
  };
}

/** Why an answer of this stop is incomplete; `undefined`: it is complete. */
export function incompleteReason(stop: string | null): string | undefined {
  switch (stop) {
    case "max_tokens":
    case "model_context_window_exceeded":
      return "max_output_tokens";
    case "refusal":
      return "content_filter";
    default:
      return undefined;
  }
}

/** The id of an answer without the prefix of its vendor: of letters, digits, "_" and "-". */
export function bareId(id: string, other: string): string {
  const bare = (textOf(id) ?? other).replace(/^(resp|msg|chatcmpl)[_-]/, "");
  return bare.replace(/[^A-Za-z0-9_-]/g, "_");
}
