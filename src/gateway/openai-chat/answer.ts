import type { Json, JsonObject } from "../../model/conversation.ts";
import type { MessagesAnswer, WireBlock, WireUsage } from "../../model/messages.ts";
import type { AnswerForm } from "../dialect.ts";
import { customNames, FREE_FORM } from "./tools.ts";

/** A whole answer as "The chat completion object" (OpenAI API reference, Chat Completions). */
export function chatCompletion(answer: MessagesAnswer, form: AnswerForm): JsonObject {
  const custom = customNames(form.body);
  const words = joined(answer.content, "text");
  const thoughts = joined(answer.content, "thinking");
  const calls = answer.content.filter((it) => it.type === "tool_use").map((it) => callOf(it, custom));
  const message: JsonObject = {
    role: "assistant",
    content: words === "" && calls.length > 0 ? null : words,
    refusal: null,
    ...(thoughts !== "" && { reasoning_content: thoughts }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  const finish_reason = finishOf(answer.stop_reason);
  return {
    id: completionId(answer.id, form),
    object: "chat.completion",
    created: form.created,
    model: form.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason }],
    usage: chatUsage(answer.usage),
  };
}

/** Id of an answer, as the vendor gave it. */
export function completionId(id: string, form: AnswerForm): string {
  return id === "" ? `chatcmpl-${form.id}` : id;
}

/** The word for why an answer ended. */
export function finishOf(stop: string | null): string {
  switch (stop) {
    case "max_tokens":
    case "model_context_window_exceeded":
      return "length";
    case "tool_use":
      return "tool_calls";
    case "refusal":
      return "content_filter";
    default:
      return "stop";
  }
}

/** Tokens as Chat Completions count them: all input together, of which some came from a cache. */
export function chatUsage(usage: WireUsage): JsonObject {
  const {
    input_tokens,
    output_tokens,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: written,
  } = usage;
  const prompt = input_tokens + read + written;
  const reasoning = usage.output_tokens_details?.thinking_tokens;
  return {
    prompt_tokens: prompt,
    completion_tokens: output_tokens,
    total_tokens: prompt + output_tokens,
    prompt_tokens_details: { cached_tokens: read, cache_write_tokens: written },
    ...(reasoning !== undefined && { completion_tokens_details: { reasoning_tokens: reasoning } }),
  };
}

/** The text of a call in free form, out of the member in which it travelled. */
export function freeForm(input: Json | undefined): string {
  const text = typeof input === "object" && input !== null ? (input as JsonObject)[FREE_FORM] : undefined;
  return typeof text === "string" ? text : JSON.stringify(input ?? {});
}

function joined(content: readonly WireBlock[], kind: "text" | "thinking"): string {
  return content.map((it) => (it.type === kind && typeof it[kind] === "string" ? it[kind] : "")).join("");
}

function callOf(block: WireBlock, custom: ReadonlySet<string>): JsonObject {
  const id = String(block["id"] ?? "");
  const name = String(block["name"] ?? "");
  if (custom.has(name)) return { id, type: "custom", custom: { name, input: freeForm(block["input"]) } };
  return { id, type: "function", function: { name, arguments: JSON.stringify(block["input"] ?? {}) } };
}
