import type { PromptUsage } from "./cache.ts";
import type { Said, StreamFault, Turn } from "./turns.ts";
import type { WireBlock } from "./wire.ts";

/** One server-sent event. */
export interface Sse {
  readonly event: string;
  readonly data: string;
}

/** The parts of an answer, before it is made a stream or one JSON message. */
export interface Spoken {
  readonly id: string;
  readonly model: string;
  readonly blocks: readonly WireBlock[];
  /** Raw JSON of calls whose input the script gives as text, by place. */
  readonly raws: ReadonlyMap<number, string>;
  readonly stop: string;
  readonly stopDetails: object | undefined;
  readonly prompt: PromptUsage;
  readonly output: number;
  readonly transformations: readonly object[];
}

type AnswerTurn = Extract<Turn, { readonly blocks: readonly Said[] }>;

/** The whole answer as one JSON message. */
export function messageOf(spoken: Spoken): object {
  return {
    ...head(spoken),
    content: spoken.blocks,
    stop_reason: spoken.stop,
    ...(spoken.stopDetails && { stop_details: spoken.stopDetails }),
    usage: { ...promptUsage(spoken.prompt), output_tokens: spoken.output },
  };
}

function head(spoken: Spoken): object {
  return {
    id: spoken.id,
    type: "message",
    role: "assistant",
    model: spoken.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    ...(spoken.transformations.length > 0 && { input_transformations: spoken.transformations }),
    usage: { ...promptUsage(spoken.prompt), output_tokens: 1 },
  };
}

function promptUsage({ input, read, written5m, written1h }: PromptUsage): object {
  return {
    input_tokens: input,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: written5m + written1h,
    cache_creation: { ephemeral_5m_input_tokens: written5m, ephemeral_1h_input_tokens: written1h },
  };
}

/** The events of an answer, with the faults that change events already in them. */
export function eventsOf(spoken: Spoken, turn: AnswerTurn): readonly Sse[] {
  const { stop, stopDetails } = spoken;
  const delta = { stop_reason: stop, stop_sequence: null, ...(stopDetails && { stop_details: stopDetails }) };
  const events = [
    sse("message_start", { message: head(spoken) }),
    sse("ping", {}),
    ...spoken.blocks.flatMap((block, index) =>
      blockEvents(block, index, spoken.raws.get(index), turn.piece ?? 24),
    ),
    sse("message_delta", { delta, usage: { output_tokens: spoken.output } }),
    sse("message_stop", {}),
  ];
  return damaged(events, turn.fault ?? {});
}

function sse(event: string, data: object): Sse {
  return { event, data: JSON.stringify({ type: event, ...data }) };
}

function blockEvents(
  block: WireBlock,
  index: number,
  raw: string | undefined,
  piece: number,
): readonly Sse[] {
  const start = (content_block: object) => sse("content_block_start", { index, content_block });
  const deltas = (type: string, field: string, text: string) =>
    pieces(text, piece).map((it) => sse("content_block_delta", { index, delta: { type, [field]: it } }));
  const stop = sse("content_block_stop", { index });
  switch (block.type) {
    case "text":
      return [start({ type: "text", text: "" }), ...deltas("text_delta", "text", String(block.text)), stop];
    case "thinking":
      return [
        start({ type: "thinking", thinking: "", signature: "" }),
        ...deltas("thinking_delta", "thinking", String(block.thinking)),
        sse("content_block_delta", { index, delta: { type: "signature_delta", signature: block.signature } }),
        stop,
      ];
    case "tool_use": {
      const json = raw ?? (Object.keys(block.input ?? {}).length > 0 ? JSON.stringify(block.input) : "");
      return [start({ ...block, input: {} }), ...deltas("input_json_delta", "partial_json", json), stop];
    }
    default:
      return [start(block), stop];
  }
}

function pieces(text: string, size: number): readonly string[] {
  const points = [...text];
  const cut: string[] = [];
  for (let at = 0; at < points.length; at += size) cut.push(points.slice(at, at + size).join(""));
  return cut;
}

function damaged(events: readonly Sse[], fault: StreamFault): readonly Sse[] {
  let list = events.filter((it) => !fault.drop?.includes(it.event));
  const [a, b] = [list[fault.swap?.[0] ?? -1], list[fault.swap?.[1] ?? -1]];
  if (fault.swap && a && b) list = list.with(fault.swap[0], b).with(fault.swap[1], a);
  const replaced = fault.dataAt && list[fault.dataAt[0]];
  if (fault.dataAt && replaced) list = list.with(fault.dataAt[0], { ...replaced, data: fault.dataAt[1] });
  if (fault.errorAt !== undefined) {
    const type = fault.errorType ?? "overloaded_error";
    const error = sse("error", { error: { type, message: "scripted" }, request_id: "req_stream" });
    list = [...list.slice(0, fault.errorAt), error, ...(fault.goesOn ? list.slice(fault.errorAt) : [])];
  }
  return list;
}

/** An event as bytes on the wire. */
export function bytesOf({ event, data }: Sse): Buffer {
  return Buffer.from(`event: ${event}\ndata: ${data}\n\n`);
}
