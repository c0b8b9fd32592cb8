import type { Json, JsonObject } from "../../model/conversation.ts";
import type { WireBlock, WireUsage } from "../../model/messages.ts";
import { NO_WIRE_USAGE } from "../../model/messages.ts";
import type { AnswerForm } from "../dialect.ts";
import { bareId, type ResponseState, responseObject } from "./response.ts";
import { type ToolForm, toolForms } from "./tools.ts";

/** A message that is open: one part, however many blocks its text comes in. */
export interface MessagePart {
  readonly kind: "message";
  readonly id: string;
  readonly phase: string | undefined;
  readonly annotations: JsonObject[];
  text: string;
  /** Where the text of the block begins that is open. */
  start: number;
}

/** Thinking that is open. */
export interface ReasoningPart {
  readonly kind: "reasoning";
  readonly id: string;
  readonly block: WireBlock;
  text: string;
  signature: string;
}

/** A call that is open; `raw` is the JSON of its input so far. */
export interface CallPart {
  readonly kind: "call";
  /** What its item's id ends with, and all of it. */
  readonly id: string;
  readonly itemId: string;
  readonly form: ToolForm;
  readonly callId: string;
  raw: string;
}

/** A response as far as it is written. */
export interface Writing {
  readonly form: AnswerForm;
  readonly forms: ReadonlyMap<string, ToolForm>;
  /** Takes the events; `undefined`: only the whole response is of interest. */
  readonly send: ((event: JsonObject) => void) | undefined;
  /** The items that are whole. */
  readonly output: JsonObject[];
  id: string;
  state: Omit<ResponseState, "id" | "output">;
  usage: WireUsage;
  stop: string | null;
  /** Sources of the block of text that is open. */
  cited: readonly Json[];
  /** `phase` of the next message. */
  phase: string | undefined;
  open: MessagePart | ReasoningPart | CallPart | undefined;
  sequence: number;
}

/** A response of which nothing is written. */
export function beginWriting(form: AnswerForm, send: Writing["send"]): Writing {
  return {
    form,
    forms: toolForms(form.body),
    send,
    output: [],
    id: bareId("", form.id),
    state: { status: "in_progress" },
    usage: NO_WIRE_USAGE,
    stop: null,
    cited: [],
    phase: undefined,
    open: undefined,
    sequence: 0,
  };
}

/** Sends an event, with the next number. */
export function emit(writing: Writing, type: string, members: JsonObject): void {
  writing.send?.({ type, sequence_number: writing.sequence++, ...members });
}

/** Sends an event of the item that is written, by its id. */
export function emitOf(writing: Writing, item_id: string, type: string, members: JsonObject): void {
  emit(writing, type, { item_id, output_index: writing.output.length, ...members });
}

/** Tells that an item begins. */
export function emitAdded(writing: Writing, item: JsonObject): void {
  emit(writing, "response.output_item.added", { output_index: writing.output.length, item });
}

/** Tells that an item is whole, and keeps it. */
export function emitDone(writing: Writing, item: JsonObject): void {
  emit(writing, "response.output_item.done", { output_index: writing.output.length, item });
  writing.output.push(item);
}

/** What the ids of the next item end with. */
export function nextId({ id, output }: Writing): string {
  return `${id}_${output.length}`;
}

/** The response object. */
export function responseOf({ state, id, output, form }: Writing): JsonObject {
  return responseObject({ ...state, id: `resp_${id}`, output: [...output] }, form);
}
