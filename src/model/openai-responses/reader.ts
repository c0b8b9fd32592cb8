import { type AnswerWriter, answerWriter } from "../answer-writer.ts";
import type { JsonObject } from "../conversation.ts";
import { recordOf, textOf } from "../record.ts";
import type { Reading } from "../wire.ts";
import { errorIn, failureOfError } from "./failure.ts";
import {
  addTo,
  advance,
  finishItems,
  type ItemQueue,
  itemDone,
  itemQueue,
  stateAt,
  topUp,
} from "./item-queue.ts";
import type { ItemState } from "./item-state.ts";
import { stopOf, usageOf } from "./usage.ts";

type Members = Readonly<Record<string, unknown>>;

/** Reads the events of one response, parsed, into `writer`. */
export interface ResponseReader {
  readonly writer: AnswerWriter;
  readonly queue: ItemQueue;
  readonly reading: Reading;
}

/** A reader that has read nothing. */
export function responseReader(reading: Reading): ResponseReader {
  const writer = answerWriter();
  return { writer, queue: itemQueue(writer, reading), reading };
}

/** Reads an event (OpenAI API reference, Responses, "Streaming events"); unknown ones say nothing. */
export function readEvent(reader: ResponseReader, event: unknown): void {
  const it = recordOf(event);
  const type = textOf(it.type) ?? "";
  const response = recordOf(it.response);
  if (type === "error" || (type === "" && errorIn(it))) reader.writer.fail(failureOfError(errorIn(it) ?? it));
  else if (type === "response.failed") fail(reader, response);
  else if (/^response\.(created|in_progress|queued)$/.test(type)) start(reader, response);
  else if (/^response\.(completed|incomplete|done)$/.test(type)) finish(reader, response, type);
  else if (type.startsWith("response.")) readItemEvent(reader, it, type);
}

function start({ writer, reading }: ResponseReader, response: Members): void {
  writer.start({ id: textOf(response.id) ?? "", model: textOf(response.model) ?? reading.model });
}

function fail({ writer }: ResponseReader, { error }: Members): void {
  writer.fail(failureOfError(error ?? { message: "The vendor reports that the response failed." }));
}

/** Kinds of items by the events that add to what they say. */
const DELTAS: Readonly<Record<string, string>> = {
  "response.output_text.delta": "message",
  "response.refusal.delta": "message",
  "response.reasoning_summary_text.delta": "reasoning",
  "response.reasoning_text.delta": "reasoning",
  "response.function_call_arguments.delta": "function_call",
};

function readItemEvent(reader: ResponseReader, it: Members, type: string): void {
  const { queue } = reader;
  const item = recordOf(it.item) as JsonObject;
  const key = String(it.output_index ?? it.item_id ?? item.id ?? "");
  const kind = DELTAS[type];
  const isItem = type === "response.output_item.added" || type === "response.output_item.done";
  const isWhole = type === "response.function_call_arguments.done";
  if (kind === undefined && !isItem && !isWhole) return;
  start(reader, {});
  const state = stateAt(queue, key, isItem ? item : { type: kind ?? "function_call" });
  if (type === "response.refusal.delta") queue.isRefusal = true;
  if (type === "response.output_item.done") itemDone(queue, state, item);
  if (isWhole && typeof it.arguments === "string") topUp(queue, state, it.arguments);
  if (kind !== undefined && typeof it.delta === "string") addTo(queue, state, deltaOf(state, it, it.delta));
  advance(queue);
}

/** A delta; the parts of a summary are kept apart. */
function deltaOf(state: ItemState, it: Members, delta: string): string {
  const part = Number(it.summary_index ?? 0);
  const isNext = state.kind === "reasoning" && part > state.part && state.said !== "";
  state.part = Math.max(part, state.part);
  return isNext ? `\n\n${delta}` : delta;
}

function finish(reader: ResponseReader, response: Members, type: string): void {
  const { queue, writer } = reader;
  start(reader, response);
  const output = (Array.isArray(response.output) ? response.output : []) as readonly unknown[];
  finishItems(
    queue,
    output.map((it) => recordOf(it) as JsonObject),
  );
  const status = type === "response.incomplete" ? "incomplete" : response.status;
  if (status === "failed" || status === "cancelled") return fail(reader, response);
  const stop = stopOf(
    { ...response, status },
    {
      hasCalls: writer.hasCalls,
      hasBroken: queue.writing.hasBroken,
      isRefusal: queue.isRefusal,
    },
  );
  writer.finish(stop, usageOf(response.usage));
}
