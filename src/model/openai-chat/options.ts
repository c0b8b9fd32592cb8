import type { JsonObject } from "../conversation.ts";
import { countOf } from "../record.ts";

/** How a host that speaks Chat Completions differs from OpenAI's own; the settings of a provider say it. */
export interface ChatOptions {
  /** The host refuses members it does not know: nothing beyond OpenAI's reference is sent. */
  readonly strict: boolean;
  /** Marks of cache breakpoints are kept on texts and tools (OpenRouter, LiteLLM); never when `strict`. */
  readonly keepCacheControl: boolean;
  /** Thinking goes back as `reasoning_content` in turns with calls (DeepSeek, Kimi, GLM, MiMo). */
  readonly reasoningReplay: boolean;
  /** Whether an effort may be sent; `undefined`: by what is known of the model. */
  readonly reasoningEffort: boolean | undefined;
  /** Where the limit of output goes; `undefined`: by the model's name. */
  readonly maxTokensField: "max_tokens" | "max_completion_tokens" | undefined;
  /** Streams are asked for their usage. */
  readonly includeUsage: boolean;
  /** Messages of tools may hold parts, such as pictures. */
  readonly arraysInToolMessages: boolean;
  /** What stands as the content of a turn that only calls tools. */
  readonly nullContent: "null" | "absent" | "empty";
  /** Longest id of a call. */
  readonly toolIdLimit: number;
  /** `role: "system"` may stand behind the first message. */
  readonly systemInMessages: boolean;
  /** Documents go as parts of type "file". */
  readonly files: boolean;
  /** The host continues a last message of the assistant. */
  readonly prefill: boolean;
  /** The host knows `top_k`. */
  readonly topK: boolean;
  /** Member in which the client's `metadata.user_id` goes; `undefined`: it is not sent, as it tells who asks. */
  readonly userField: "user" | "safety_identifier" | undefined;
  /** Calls that a model writes into its text are recovered; `undefined`: unless the model is one of OpenAI's. */
  readonly textCalls: boolean | undefined;
  /** `completion_tokens` of the host leaves out what was spent on reasoning. */
  readonly reasoningBeside: boolean;
  /** The host is Ollama: see `ollama.ts` for the length of its context. */
  readonly ollama: boolean;
}

/** The options in a provider's settings; what is absent, or of another type, is as OpenAI has it. */
export function chatOptions(options: JsonObject): ChatOptions {
  const flag = (name: string) => (typeof options[name] === "boolean" ? options[name] : undefined);
  const strict = flag("strict") ?? false;
  return {
    strict,
    keepCacheControl: !strict && (flag("keepCacheControl") ?? false),
    reasoningReplay: flag("reasoningReplay") ?? false,
    reasoningEffort: flag("reasoningEffort"),
    maxTokensField: oneOf(options["maxTokensField"], ["max_tokens", "max_completion_tokens"]),
    includeUsage: flag("includeUsage") ?? true,
    arraysInToolMessages: flag("arraysInToolMessages") ?? false,
    nullContent: oneOf(options["nullContent"], ["null", "absent", "empty"]) ?? "null",
    toolIdLimit: Math.max(SHORTEST_LIMIT, countOf(options["toolIdLimit"]) ?? TOOL_ID_LIMIT),
    systemInMessages: flag("systemInMessages") ?? true,
    files: flag("files") ?? true,
    prefill: flag("prefill") ?? false,
    topK: !strict && (flag("topK") ?? false),
    userField: oneOf(options["userField"], ["user", "safety_identifier"]),
    textCalls: flag("textCalls"),
    reasoningBeside: flag("reasoningBeside") ?? false,
    ollama: flag("ollama") ?? false,
  };
}

/** OpenAI's own limit; some hosts have 40. */
const TOOL_ID_LIMIT = 64;
/** A checksum must fit, and something before it. */
const SHORTEST_LIMIT = 16;

function oneOf<T extends string>(value: unknown, words: readonly T[]): T | undefined {
  return words.find((it) => it === value);
}
