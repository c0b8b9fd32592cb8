/**
 * The conversation as the Anthropic Messages API has it, which is our canonical form
 * (https://platform.claude.com/docs/en/api/messages). Blocks we do not know travel verbatim.
 */

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** Words of either side. */
export interface TextBlock {
  readonly type: "text";
  readonly text: string;
}
/** A picture, base64. */
export interface ImageBlock {
  readonly type: "image";
  readonly source: { readonly type: "base64"; readonly media_type: string; readonly data: string };
}
/** What the model thought, signed; it goes back as it came. */
export interface ThinkingBlock {
  readonly type: "thinking";
  readonly thinking: string;
  readonly signature: string;
}
/** A call the model makes. */
export interface ToolUseBlock {
  readonly type: "tool_use";
  readonly id: string;
  readonly name: string;
  readonly input: JsonObject;
}
/** The answer to a call, in the next message of the user. */
export interface ToolResultBlock {
  readonly type: "tool_result";
  readonly tool_use_id: string;
  readonly content: string | readonly (TextBlock | ImageBlock)[];
  readonly is_error?: true;
}
/** Any block of a kind we do not look into: redacted thinking, server tools, what is yet to come. */
export interface OpaqueBlock {
  readonly type: "opaque";
  /** The block exactly as it came. */
  readonly raw: JsonObject;
}
/** A part of a message. */
export type Block = TextBlock | ImageBlock | ThinkingBlock | ToolUseBlock | ToolResultBlock | OpaqueBlock;

/** One message; "system" ones stand after a message of the user and speak for the house. */
export interface Message {
  readonly role: "user" | "assistant" | "system";
  readonly content: readonly Block[];
}

/** A tool as the model sees it; `input_schema` is JSON Schema 2020-12 with `type: "object"`. */
export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  readonly input_schema: JsonObject;
}

/** How much a model thinks before it acts. */
export type Effort = "low" | "medium" | "high" | "xhigh" | "max";
/** All levels, the least first. */
export const EFFORTS: readonly Effort[] = ["low", "medium", "high", "xhigh", "max"];

/** Everything one call to a model depends on. `system` and `tools` never change within a session. */
export interface ModelRequest {
  readonly model: string;
  readonly system: string;
  readonly tools: readonly ToolSpec[];
  readonly messages: readonly Message[];
  /** `undefined`: the model's own default. */
  readonly effort: Effort | undefined;
  /** Upper bound of output tokens; `undefined`: the provider's choice. */
  readonly maxTokens: number | undefined;
  /** The session's id: for caches and logs of the provider. */
  readonly session: string;
  /** Set after a provider said that preserved thinking does not fit: send none of it any more. */
  readonly withoutThinking: boolean;
}

/** Why an answer ended. "unknown" keeps the text and runs nothing. */
export type Stop =
  | "end_turn"
  | "tool_use"
  | "max_tokens"
  | "stop_sequence"
  | "pause_turn"
  | "refusal"
  | "model_context_window_exceeded"
  | "unknown";

/** Tokens in disjoint classes. */
export interface Usage {
  readonly input: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly cacheRead: number;
  readonly output: number;
}
/** No tokens at all. */
export const NO_USAGE: Usage = { input: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0, output: 0 };

/** A tool call whose input cannot be trusted; it is answered with an error and never run. */
export interface BadCall {
  readonly id: string;
  /** The input as it came. */
  readonly raw: string;
  /** A sentence for the model. */
  readonly why: string;
}

/** A whole answer of a model. */
export interface Answer {
  readonly id: string;
  /** The model that answered. */
  readonly model: string;
  readonly content: readonly Block[];
  readonly stop: Stop;
  /** The vendor's word when `stop` is "unknown", its category when it is "refusal". */
  readonly stopDetail?: string;
  readonly usage: Usage;
  readonly badCalls: readonly BadCall[];
  /** The vendor's id of the request, for support. */
  readonly requestId?: string;
}
