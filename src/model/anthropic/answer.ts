import { eventReader } from "../../std/server-sent-events.ts";
import { classify } from "../classify.ts";
import type { Json } from "../conversation.ts";
import type { MessagesAnswer, StreamEvent, WireBlock, WireUsage } from "../messages.ts";
import { NO_WIRE_USAGE } from "../messages.ts";
import { countOf, recordOf, textOf } from "../record.ts";
import { type Decoder, type Reading, Unreadable } from "../wire.ts";

/** A whole answer of the Messages API, with the client's names of tools. Throws `Unreadable` when it is none. */
export function answerIn(body: unknown, { nameOf }: Reading): MessagesAnswer {
  const it = recordOf(body);
  if (it.type === "error") throw new Unreadable(failureIn(it));
  if (it.type !== "message" || !Array.isArray(it.content))
    throw new Unreadable({ kind: "server", message: "the answer is no message" });
  return {
    ...(it as Readonly<Record<string, Json>>),
    id: textOf(it.id) ?? "",
    type: "message",
    role: "assistant",
    model: textOf(it.model) ?? "",
    content: it.content.flatMap((block) => blocksOf(block, nameOf)),
    stop_reason: textOf(it.stop_reason) ?? null,
    stop_sequence: textOf(it.stop_sequence) ?? null,
    usage: usageIn(it.usage, NO_WIRE_USAGE),
  };
}

function blocksOf(block: unknown, nameOf: Reading["nameOf"]): readonly WireBlock[] {
  const it = recordOf(block);
  if (typeof it.type !== "string") return [];
  const plain = it as WireBlock;
  return [it.type === "tool_use" ? { ...plain, name: nameOf(textOf(it.name) ?? "") } : plain];
}

/** Reads a stream of the Messages API; what it does not know is left out. */
export function anthropicDecoder({ nameOf }: Reading): Decoder {
  const reader = eventReader();
  const so: SoFar = { nameOf, usage: NO_WIRE_USAGE, stop: undefined, open: new Set() };
  let isOver = false;
  return {
    take(bytes) {
      const events: StreamEvent[] = [];
      try {
        for (const { data } of reader.take(bytes))
          if (!isOver) put(events, read(so, recordOf(JSON.parse(data))));
      } catch (error) {
        put(events, cut(error instanceof RangeError ? error.message : "an event is not JSON"));
      }
      return events;
    },
    end() {
      if (isOver) return [];
      isOver = true;
      // Some gateways leave out the last event; the answer is whole all the same.
      if (so.stop !== undefined && so.open.size === 0 && reader.isBetweenEvents())
        return [{ type: "message_stop" }];
      return [cut("the stream ended before the answer")];
    },
  };

  function put(events: StreamEvent[], event: StreamEvent | undefined): void {
    if (event !== undefined) events.push(event);
    isOver ||= event?.type === "error" || event?.type === "message_stop";
  }
}

interface SoFar {
  readonly nameOf: Reading["nameOf"];
  usage: WireUsage;
  stop: string | undefined;
  readonly open: Set<number>;
}

function read(so: SoFar, it: Readonly<Record<string, unknown>>): StreamEvent | undefined {
  const index = countOf(it.index) ?? -1;
  switch (it.type) {
    case "message_start":
      so.usage = usageIn(recordOf(it.message).usage, so.usage);
      return {
        type: "message_start",
        message: answerIn(
          { ...recordOf(it.message), type: "message", content: [] },
          { nameOf: so.nameOf, model: "" },
        ),
      };
    case "content_block_start": {
      so.open.add(index);
      const [block] = blocksOf(it.content_block, so.nameOf);
      return block && { type: "content_block_start", index, content_block: block };
    }
    case "content_block_delta":
      return { type: "content_block_delta", index, delta: recordOf(it.delta) as WireBlock };
    case "content_block_stop":
      so.open.delete(index);
      return { type: "content_block_stop", index };
    case "message_delta":
      return ended(so, recordOf(it.delta) as Readonly<Record<string, Json>>, it.usage);
    case "message_stop":
    case "ping":
      return { type: it.type };
    case "error":
      return { type: "error", failure: failureIn(it) };
    default:
      return undefined;
  }
}

function ended(so: SoFar, delta: Readonly<Record<string, Json>>, usage: unknown): StreamEvent {
  so.usage = usageIn(usage, so.usage);
  so.stop = textOf(delta["stop_reason"]) ?? so.stop;
  const ends = { stop_reason: so.stop ?? null, stop_sequence: textOf(delta["stop_sequence"]) ?? null };
  return { type: "message_delta", delta: { ...delta, ...ends }, usage: so.usage };
}

function cut(message: string): StreamEvent {
  return { type: "error", failure: { kind: "cut", message } };
}

function failureIn(body: Readonly<Record<string, unknown>>) {
  const error = recordOf(body.error);
  return classify({ name: "APIError", message: textOf(error.message) ?? "", error: body, type: error.type });
}

/** Usage after another report, in which a missing number keeps what was before. */
function usageIn(report: unknown, before: WireUsage): WireUsage {
  const it = recordOf(report) as Readonly<Record<string, Json>>;
  const number = (name: string) => countOf(it[name]) ?? countOf(before[name]) ?? 0;
  return {
    ...before,
    ...it,
    input_tokens: number("input_tokens"),
    output_tokens: number("output_tokens"),
    cache_read_input_tokens: number("cache_read_input_tokens"),
    cache_creation_input_tokens: number("cache_creation_input_tokens"),
  } as WireUsage;
}
