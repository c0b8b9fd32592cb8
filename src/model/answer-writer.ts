import type { Failure } from "./failure.ts";
import type { StreamEvent, WireBlock, WireUsage } from "./messages.ts";
import { NO_WIRE_USAGE } from "./messages.ts";

/**
 * Writes an answer as events in the grammar of the Messages API: one block open at a time, indices without gaps,
 * one `message_delta`, `message_stop` last. A wire's decoder says what came and hands on what `take` gives.
 * Text opens a block with its first character that is not empty; calls are blocks of their own.
 */
export interface AnswerWriter {
  /** Begins the message, if it has not begun. */
  start(of: { readonly id: string; readonly model: string; readonly usage?: WireUsage }): void;
  text(more: string): void;
  thinking(more: string): void;
  /** The signature of the thinking before it; without any, of an empty thinking block. */
  signature(signature: string): void;
  /** Opens a call; its input follows as `input` until another block is opened or `closeBlock`. */
  call(id: string, name: string, more?: Readonly<Record<string, unknown>>): void;
  /** More JSON of the open call's input. */
  input(fragment: string): void;
  /** A whole block of any kind. */
  block(block: WireBlock): void;
  closeBlock(): void;
  /** Ends the message, once. */
  finish(
    stop: string,
    usage: WireUsage,
    sequence?: string | null,
    more?: Readonly<Record<string, string>>,
  ): void;
  /** Ends with a failure instead. */
  fail(failure: Failure): void;
  readonly hasStarted: boolean;
  readonly hasEnded: boolean;
  /** Whether a call was opened. */
  readonly hasCalls: boolean;
  /** Kind of the open block; `undefined`: none is. */
  readonly open: "text" | "thinking" | "tool_use" | undefined;
  /** The events since the last time. */
  take(): readonly StreamEvent[];
}

/** A writer of one answer. */
export function answerWriter(): AnswerWriter {
  let events: StreamEvent[] = [];
  let started = false;
  let ended = false;
  let calls = false;
  let index = -1;
  let open: "text" | "thinking" | "tool_use" | undefined;

  return {
    start({ id, model, usage }) {
      if (started) return;
      started = true;
      const message = {
        id,
        type: "message",
        role: "assistant",
        model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: usage ?? NO_WIRE_USAGE,
      } as const;
      events.push({ type: "message_start", message });
    },
    text(more) {
      if (more === "") return;
      if (open !== "text") begin("text", { type: "text", text: "" });
      delta({ type: "text_delta", text: more });
    },
    thinking(more) {
      if (more === "") return;
      if (open !== "thinking") begin("thinking", { type: "thinking", thinking: "", signature: "" });
      delta({ type: "thinking_delta", thinking: more });
    },
    signature(signature) {
      if (open !== "thinking") begin("thinking", { type: "thinking", thinking: "", signature: "" });
      delta({ type: "signature_delta", signature });
      close();
    },
    call(id, name, more) {
      calls = true;
      begin("tool_use", { ...more, type: "tool_use", id, name, input: {} } as WireBlock);
    },
    input(fragment) {
      if (fragment !== "" && open === "tool_use") delta({ type: "input_json_delta", partial_json: fragment });
    },
    block(block) {
      close();
      index++;
      events.push(
        { type: "content_block_start", index, content_block: block },
        { type: "content_block_stop", index },
      );
    },
    closeBlock: close,
    finish(stop, usage, sequence, more) {
      if (ended) return;
      close();
      ended = true;
      const delta = { stop_reason: stop, stop_sequence: sequence ?? null, ...more };
      events.push({ type: "message_delta", delta, usage }, { type: "message_stop" });
    },
    fail(failure) {
      if (ended) return;
      ended = true;
      events.push({ type: "error", failure });
    },
    get hasStarted() {
      return started;
    },
    get hasEnded() {
      return ended;
    },
    get hasCalls() {
      return calls;
    },
    get open() {
      return open;
    },
    take() {
      const taken = events;
      events = [];
      return taken;
    },
  };

  function begin(kind: "text" | "thinking" | "tool_use", block: WireBlock): void {
    close();
    open = kind;
    index++;
    events.push({ type: "content_block_start", index, content_block: block });
  }
  function delta(it: WireBlock): void {
    events.push({ type: "content_block_delta", index, delta: it });
  }
  function close(): void {
    if (open === undefined) return;
    open = undefined;
    events.push({ type: "content_block_stop", index });
  }
}
