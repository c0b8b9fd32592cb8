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

type BlockKind = "text" | "thinking" | "tool_use";

/** What has been written so far. */
interface Written {
  events: StreamEvent[];
  started: boolean;
  ended: boolean;
  calls: boolean;
  index: number;
  open: BlockKind | undefined;
}

/** A writer of one answer. */
export function answerWriter(): AnswerWriter {
  const it: Written = { events: [], started: false, ended: false, calls: false, index: -1, open: undefined };
  return {
    start: (of) => start(it, of),
    text: (more) => words(it, "text", more),
    thinking: (more) => words(it, "thinking", more),
    signature(signature) {
      if (it.open !== "thinking") begin(it, "thinking", EMPTY.thinking);
      delta(it, { type: "signature_delta", signature });
      close(it);
    },
    call(id, name, more) {
      it.calls = true;
      begin(it, "tool_use", { ...more, type: "tool_use", id, name, input: {} } as WireBlock);
    },
    input(fragment) {
      if (fragment !== "" && it.open === "tool_use")
        delta(it, { type: "input_json_delta", partial_json: fragment });
    },
    block: (block) => whole(it, block),
    closeBlock: () => close(it),
    finish: (stop, usage, sequence, more) =>
      finish(it, { stop_reason: stop, stop_sequence: sequence ?? null, ...more }, usage),
    fail(failure) {
      if (!it.ended) it.events.push({ type: "error", failure });
      it.ended = true;
    },
    get hasStarted() {
      return it.started;
    },
    get hasEnded() {
      return it.ended;
    },
    get hasCalls() {
      return it.calls;
    },
    get open() {
      return it.open;
    },
    take() {
      const { events } = it;
      it.events = [];
      return events;
    },
  };
}

const EMPTY = {
  text: { type: "text", text: "" },
  thinking: { type: "thinking", thinking: "", signature: "" },
} as const;

function start(it: Written, { id, model, usage }: Parameters<AnswerWriter["start"]>[0]): void {
  if (it.started) return;
  it.started = true;
  const ends = { stop_reason: null, stop_sequence: null, usage: usage ?? NO_WIRE_USAGE };
  const message = { id, type: "message", role: "assistant", model, content: [], ...ends } as const;
  it.events.push({ type: "message_start", message });
}

function words(it: Written, kind: "text" | "thinking", more: string): void {
  if (more === "") return;
  if (it.open !== kind) begin(it, kind, EMPTY[kind]);
  delta(
    it,
    kind === "text" ? { type: "text_delta", text: more } : { type: "thinking_delta", thinking: more },
  );
}

function begin(it: Written, kind: BlockKind, block: WireBlock): void {
  close(it);
  it.open = kind;
  it.index++;
  it.events.push({ type: "content_block_start", index: it.index, content_block: block });
}

function delta(it: Written, more: WireBlock): void {
  it.events.push({ type: "content_block_delta", index: it.index, delta: more });
}

function close(it: Written): void {
  if (it.open === undefined) return;
  it.open = undefined;
  it.events.push({ type: "content_block_stop", index: it.index });
}

function whole(it: Written, block: WireBlock): void {
  close(it);
  it.index++;
  it.events.push({ type: "content_block_start", index: it.index, content_block: block });
  it.events.push({ type: "content_block_stop", index: it.index });
}

type Ends = Extract<StreamEvent, { type: "message_delta" }>["delta"];

function finish(it: Written, ends: Ends, usage: WireUsage): void {
  if (it.ended) return;
  close(it);
  it.ended = true;
  it.events.push({ type: "message_delta", delta: ends, usage }, { type: "message_stop" });
}
