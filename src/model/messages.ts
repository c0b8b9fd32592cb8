import type { Json, JsonObject } from "./conversation.ts";
import type { Failure } from "./failure.ts";

/**
 * The form in which requests and answers travel between a client's dialect and a vendor's wire: the Messages API
 * (https://platform.claude.com/docs/en/api/messages), with its own names. What other vendors have beyond it travels in
 * `carried.ts`' way, so that it comes back to them as it was.
 */

/** A block, a delta of a block, or a tool: the members it has depend on its type, and unknown ones travel. */
export type WireBlock = { readonly type: string; readonly [member: string]: Json };

/** A message; content that came as a text is one text block. */
export interface WireMessage {
  readonly role: "user" | "assistant" | "system";
  readonly content: readonly WireBlock[];
}

/** A tool of the client: `type` is absent, or "custom", for those with a schema of their own; others are the vendor's. */
export interface WireTool {
  readonly type?: string;
  readonly name: string;
  readonly description?: string;
  readonly input_schema?: JsonObject;
  readonly [member: string]: Json;
}

/** Everything a client may ask in any dialect. Optional members are absent where the client said nothing. */
export interface MessagesRequest {
  /** As the client named it, or as the router replaced it. */
  readonly model: string;
  readonly stream: boolean;
  readonly system: readonly WireBlock[];
  readonly messages: readonly WireMessage[];
  readonly tools: readonly WireTool[];
  readonly max_tokens?: number;
  /** `{type: "auto" | "any" | "none" | "tool", name?, disable_parallel_tool_use?}`. */
  readonly tool_choice?: WireBlock;
  readonly stop_sequences?: readonly string[];
  readonly temperature?: number;
  readonly top_p?: number;
  readonly top_k?: number;
  /** `{type: "adaptive" | "enabled" | "disabled" | …, budget_tokens?, display?}`. */
  readonly thinking?: WireBlock;
  /** `{effort?, format?: {type: "json_schema", schema, name?}}`; also the efforts "none" and "minimal" of other vendors. */
  readonly output_config?: JsonObject;
  readonly metadata?: JsonObject;
  /** Members of a Messages API body that stand for nothing above, by name; `{}` from clients of other dialects. */
  readonly rest: JsonObject;
  /** The vendor whose members `rest` holds; absent: Anthropic. */
  readonly restOf?: "openai" | "gemini";
  /** Values of the `anthropic-beta` header. */
  readonly betas: readonly string[];
}

/** Tokens in the words of the Messages API: the three classes of input are disjoint. */
export interface WireUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_creation?: JsonObject;
  readonly output_tokens_details?: { readonly thinking_tokens: number };
  readonly [member: string]: Json;
}

/** No tokens at all. */
export const NO_WIRE_USAGE: WireUsage = {
  input_tokens: 0,
  output_tokens: 0,
  cache_read_input_tokens: 0,
  cache_creation_input_tokens: 0,
};

/** A whole answer. */
export interface MessagesAnswer {
  readonly id: string;
  readonly type: "message";
  readonly role: "assistant";
  readonly model: string;
  readonly content: readonly WireBlock[];
  readonly stop_reason: string | null;
  readonly stop_sequence: string | null;
  readonly usage: WireUsage;
  readonly [member: string]: Json;
}

/**
 * An answer as it comes: `message_start`, blocks one after another with contiguous indices, one `message_delta`,
 * `message_stop`. The last event is `message_stop` or `error`, and nothing follows it.
 */
export type StreamEvent =
  | { readonly type: "message_start"; readonly message: MessagesAnswer }
  | { readonly type: "content_block_start"; readonly index: number; readonly content_block: WireBlock }
  | { readonly type: "content_block_delta"; readonly index: number; readonly delta: WireBlock }
  | { readonly type: "content_block_stop"; readonly index: number }
  | {
      readonly type: "message_delta";
      readonly delta: {
        readonly stop_reason: string | null;
        readonly stop_sequence: string | null;
        readonly [member: string]: Json;
      };
      /** Cumulative: what it says replaces what `message_start` said. */
      readonly usage: WireUsage;
    }
  | { readonly type: "message_stop" }
  | { readonly type: "ping" }
  | { readonly type: "error"; readonly failure: Failure };
