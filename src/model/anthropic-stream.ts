import { assemble } from "./anthropic-answer.ts";
import type { Answer, Usage } from "./conversation.ts";
import { NO_USAGE } from "./conversation.ts";
import type { ModelEvent } from "./provider.ts";
import { countOf, recordOf, textOf } from "./record.ts";

/** A block as it comes in. `raw` is everything its start said; text of any kind is gathered in `text`. */
export interface OpenBlock {
  readonly kind: "text" | "thinking" | "tool_use" | "other";
  readonly raw: Readonly<Record<string, unknown>>;
  text: string;
  signature: string;
  /** Raw JSON of the input of a call. */
  input: string;
  closed: boolean;
}

/** What is known of an answer while it comes. */
export interface AnswerSoFar {
  id: string;
  model: string;
  usage: Usage;
  readonly blocks: Map<number, OpenBlock>;
  stopReason: string | undefined;
  stopDetails: unknown;
  /** Whether `message_start`, `message_stop` were seen. */
  begun: boolean;
  ended: boolean;
  /** How the stream broke the protocol; nothing after it is believed. */
  broken: string | undefined;
}

/** Reads the events of one streamed answer (https://platform.claude.com/docs/en/build-with-claude/streaming). */
export interface AnswerReader {
  readonly soFar: Readonly<AnswerSoFar>;
  /** Takes the next event, decoded from JSON but not trusted; answers what screens should see of it. */
  take(event: unknown): readonly ModelEvent[];
  /** The text said so far, without thinking. */
  text(): string;
  /** The whole answer. `cleanly`: the connection ended between two events. `undefined`: it is not whole. */
  finish(cleanly: boolean, requestId: string | undefined): Answer | undefined;
}

/** A reader for a fresh answer. `usedIds`: ids of earlier calls, which may not come again. */
export function answerReader(usedIds: ReadonlySet<string>): AnswerReader {
  const soFar: AnswerSoFar = {
    id: "",
    model: "",
    usage: NO_USAGE,
    blocks: new Map(),
    stopReason: undefined,
    stopDetails: undefined,
    begun: false,
    ended: false,
    broken: undefined,
  };
  return {
    soFar,
    take: (event) => (soFar.ended || soFar.broken !== undefined ? [] : take(soFar, event)),
    text: () => textIn(soFar),
    finish: (cleanly, requestId) =>
      isWhole(soFar, cleanly) ? assemble(soFar, usedIds, requestId) : undefined,
  };
}

/** Whole is what has its end, or was closed to the last block and told why it stopped. */
function isWhole(soFar: AnswerSoFar, cleanly: boolean): boolean {
  if (!soFar.begun || soFar.broken !== undefined || soFar.stopReason === undefined) return false;
  return soFar.ended || (cleanly && [...soFar.blocks.values()].every((it) => it.closed));
}

function textIn({ blocks }: AnswerSoFar): string {
  const texts = [...blocks].filter(([, it]) => it.kind === "text").sort(([a], [b]) => a - b);
  return texts.map(([, it]) => it.text).join("");
}

function take(soFar: AnswerSoFar, event: unknown): readonly ModelEvent[] {
  if (typeof event !== "object" || event === null) return broken(soFar, "an event is not an object");
  const it = recordOf(event);
  if (it.type !== "message_start" && !soFar.begun && isKnown(it.type)) {
    return broken(soFar, `"${it.type}" came before the message began`);
  }
  switch (it.type) {
    case "message_start":
      return begin(soFar, recordOf(it.message));
    case "content_block_start":
      return open(soFar, it.index, recordOf(it.content_block));
    case "content_block_delta":
      return extend(soFar, it.index, recordOf(it.delta));
    case "content_block_stop":
      return close(soFar, it.index);
    case "message_delta":
      soFar.usage = counted(soFar.usage, it.usage);
      soFar.stopReason = textOf(recordOf(it.delta).stop_reason) ?? soFar.stopReason;
      soFar.stopDetails = recordOf(it.delta).stop_details ?? soFar.stopDetails;
      return [];
    case "message_stop":
      soFar.ended = true;
      return [];
    default:
      return [];
  }
}

function isKnown(type: unknown): type is string {
  return typeof type === "string" && /^(content_block_(start|delta|stop)|message_(delta|stop))$/.test(type);
}

function broken(soFar: AnswerSoFar, how: string): readonly ModelEvent[] {
  soFar.broken = how;
  return [];
}

function begin(soFar: AnswerSoFar, message: Readonly<Record<string, unknown>>): readonly ModelEvent[] {
  if (soFar.begun) return broken(soFar, "the message began twice");
  soFar.begun = true;
  soFar.id = textOf(message.id) ?? "";
  soFar.model = textOf(message.model) ?? "";
  soFar.usage = counted(NO_USAGE, message.usage);
  return [{ type: "started", model: soFar.model, usage: soFar.usage }];
}

/** More blocks than any answer has; a higher index is no index. */
const MOST_BLOCKS = 10_000;

function open(
  soFar: AnswerSoFar,
  index: unknown,
  raw: Readonly<Record<string, unknown>>,
): readonly ModelEvent[] {
  if (typeof index !== "number" || !Number.isInteger(index) || index < 0 || index >= MOST_BLOCKS) {
    return broken(soFar, "a block has no usable index");
  }
  if (soFar.blocks.has(index)) return broken(soFar, `block ${index} began twice`);
  const kind = kindOf(raw.type);
  const text = kind === "text" ? raw.text : kind === "thinking" ? raw.thinking : undefined;
  const block = {
    kind,
    raw,
    text: textOf(text) ?? "",
    signature: textOf(raw.signature) ?? "",
    input: "",
    closed: false,
  };
  soFar.blocks.set(index, block);
  const call = kind === "tool_use" && { id: textOf(raw.id) ?? "", name: textOf(raw.name) ?? "" };
  const opened = { type: "opened", index, block: kind, ...call } as const;
  return block.text === "" ? [opened] : [opened, { type: "delta", index, text: block.text }];
}

function kindOf(type: unknown): OpenBlock["kind"] {
  return type === "text" || type === "thinking" || type === "tool_use" ? type : "other";
}

function extend(
  soFar: AnswerSoFar,
  index: unknown,
  delta: Readonly<Record<string, unknown>>,
): readonly ModelEvent[] {
  const block = typeof index === "number" ? soFar.blocks.get(index) : undefined;
  if (block === undefined || block.closed)
    return broken(soFar, `a delta came for block ${String(index)}, which is not open`);
  const more = moreOf(block, delta);
  if (more === "stranger") return broken(soFar, `a ${String(delta.type)} came into a ${block.kind} block`);
  if (more === "" || typeof index !== "number" || block.kind === "other") return [];
  return [{ type: "delta", index, text: more }];
}

/** Takes a delta in; answers what a screen should see of it, or that its kind does not belong into the block. */
function moreOf(block: OpenBlock, delta: Readonly<Record<string, unknown>>): string | "stranger" {
  const type = String(delta.type);
  if (block.kind !== "other" && (BELONGS.get(type) ?? block.kind) !== block.kind) return "stranger";
  switch (type) {
    case "text_delta":
    case "thinking_delta": {
      const more = textOf(delta[type === "text_delta" ? "text" : "thinking"]) ?? "";
      block.text += more;
      return more;
    }
    case "signature_delta":
      block.signature += textOf(delta.signature) ?? "";
      return "";
    case "input_json_delta": {
      const more = textOf(delta.partial_json) ?? "";
      block.input += more;
      return more;
    }
    default:
      return "";
  }
}

/** The kind of block each kind of delta belongs into; others are new and are ignored. */
const BELONGS: ReadonlyMap<string, OpenBlock["kind"]> = new Map([
  ["text_delta", "text"],
  ["citations_delta", "text"],
  ["thinking_delta", "thinking"],
  ["signature_delta", "thinking"],
  ["input_json_delta", "tool_use"],
]);

function close(soFar: AnswerSoFar, index: unknown): readonly ModelEvent[] {
  const block = typeof index === "number" ? soFar.blocks.get(index) : undefined;
  if (block === undefined || block.closed || typeof index !== "number") {
    return broken(soFar, `block ${String(index)} ended without having begun`);
  }
  block.closed = true;
  return [{ type: "closed", index }];
}

/** Usage after another report. Reports are cumulative: a number replaces the one before, a missing one keeps it. */
function counted(before: Usage, report: unknown): Usage {
  const it = recordOf(report);
  const written = recordOf(it.cache_creation);
  const total = countOf(it.cache_creation_input_tokens);
  const hour = countOf(written.ephemeral_1h_input_tokens) ?? before.cacheWrite1h;
  const five = countOf(written.ephemeral_5m_input_tokens);
  return {
    input: countOf(it.input_tokens) ?? before.input,
    cacheWrite5m: five ?? (total === undefined ? before.cacheWrite5m : Math.max(0, total - hour)),
    cacheWrite1h: hour,
    cacheRead: countOf(it.cache_read_input_tokens) ?? before.cacheRead,
    output: countOf(it.output_tokens) ?? before.output,
  };
}
