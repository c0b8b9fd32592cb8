import { classify } from "../model/classify.ts";
import type { Usage } from "../model/conversation.ts";
import { NO_USAGE } from "../model/conversation.ts";
import {
  EXTRACTORS,
  type Extracted,
  type Extractor,
  extract,
  nothingExtracted,
} from "../model/extractors.ts";
import type { Failure } from "../model/failure.ts";
import type { StreamEvent } from "../model/messages.ts";
import { inputOf } from "../model/price.ts";
import { recordOf } from "../model/record.ts";
import type { Begun } from "../model/routing/attempts.ts";
import { estimatedTokens } from "../model/routing/signals.ts";
import { type Answered, type Asking, failureFrom, isPlain, requestIdIn, usageIn } from "./ask.ts";
import type { AnswerForm, Dialect, StreamEncoder } from "./dialect.ts";
import { type Client, type GatewayAnswer, requestIdHeaders } from "./exchange.ts";
import { allBytes, type BegunBytes, unbegun } from "./first-piece.ts";
import { limitHeaders } from "./limit-headers.ts";
import { type Passage, passage, type Renamed, wholeText } from "./pass.ts";
import { refused } from "./refuse.ts";
import { showingModel } from "./replace-model.ts";

/** An answer that has begun, and to whom it goes. */
export interface Writing {
  readonly asking: Asking;
  readonly begun: Begun<Answered>;
  readonly client: Client;
  /** Seconds since 1970. */
  readonly created: number;
  readonly id: string;
}

const STREAM = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" };

/** The client's answer. What became of it is settled when it has been written, or the client has gone. */
export function written(it: Writing, signal: AbortSignal): GatewayAnswer | Promise<GatewayAnswer> {
  const { value } = it.begun;
  if (value.kind === "passed") return passed(it, value, signal);
  const headers = requestIdHeaders(value.requestId || it.id);
  if (value.kind === "whole") {
    settle(it, usageIn(value.answer.usage), value.answer.stop_reason ?? "", undefined);
    const body = JSON.stringify(it.asking.dialect.answer(value.answer, formOf(it)));
    return { status: 200, headers: { ...headers, "content-type": "application/json" }, body };
  }
  const { ping } = it.asking.dialect;
  const encoder = it.asking.dialect.encoder(formOf(it));
  const type = encoder.type === undefined ? {} : { "content-type": encoder.type };
  return {
    status: 200,
    headers: { ...headers, ...STREAM, ...type },
    body: encoded(it, encoder, value, signal),
    ping: () => ping,
  };
}

/** The client's own name of the model; the vendor's where it named none. */
function formOf({ asking, created, id, begun }: Writing): AnswerForm {
  const model = asking.model || begun.candidate.target.model;
  return { model, body: asking.body, created, id, query: asking.call.query };
}

function settle(it: Writing, usage: Usage, stop: string, failure: Failure | undefined): void {
  it.client.spent(inputOf(usage) + usage.output);
  const { value } = it.begun;
  const requestId = value.kind === "passed" ? requestIdIn(value.answer) : value.requestId;
  it.begun.settle({ usage, stop, requestId, ...(failure && { failure }) });
}

type Events = Extract<Answered, { kind: "events" }>;

async function* encoded(
  it: Writing,
  encoder: StreamEncoder,
  { first, events }: Events,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let usage = NO_USAGE;
  let stop = "";
  let failure: Failure | undefined = GONE;
  const take = (event: StreamEvent): string => {
    if (event.type === "message_start") usage = usageIn(event.message.usage);
    else if (event.type === "message_delta") {
      usage = usageIn(event.usage);
      stop = event.delta.stop_reason ?? stop;
    } else if (event.type === "message_stop") failure = undefined;
    else if (event.type === "error") failure = event.failure;
    return encoder.take(event);
  };
  try {
    const begins = first.map(take).join("");
    if (begins !== "") yield begins;
    for (let next = await events.next(); !next.done; next = await events.next()) {
      const text = take(next.value);
      if (text !== "") yield text;
    }
  } finally {
    await events.return?.();
    settle(it, usage, stop, failure === GONE && !signal.aborted ? CUT : failure);
  }
}

const GONE: Failure = { kind: "stopped", message: "the client went away" };
const CUT: Failure = { kind: "cut", message: "the stream ended before the answer" };

type Passed = Extract<Answered, { kind: "passed" }>;

function passed(it: Writing, value: Passed, signal: AbortSignal): GatewayAnswer | Promise<GatewayAnswer> {
  const { answer, begun } = value;
  const { name } = it.asking.dialect;
  const extractor = EXTRACTORS[name];
  if (extractor === undefined) throw new Error(`${name} has no extractor`);
  const renamed = renamedIn(it);
  const type = answer.headers["content-type"] ?? "";
  const headers: Headers = {
    "content-type": type !== "" && isPlain(type) ? type : "application/json",
    ...requestIdHeaders(requestIdIn(answer) || it.id),
    ...limitHeaders(it.begun, answer),
  };
  if (!type.includes("event-stream") && !(begun && beginsEvents(begun.first)))
    return passedWhole(it, value, { extractor, renamed, headers }, signal);
  const passing = passage(extractor, renamed);
  const { dialect } = it.asking;
  const isVerbatim = renamed === undefined;
  const ping = () => (passing.isBetweenEvents() ? dialect.ping : "");
  return {
    status: 200,
    headers: Object.assign(headers, STREAM),
    body: streamed(it, begun ?? unbegun(answer), { extractor, passing, isVerbatim }, signal),
    ping,
  };
}

type Headers = Record<string, string>;

interface PassedForm {
  readonly extractor: Extractor;
  readonly renamed: Renamed;
  readonly headers: Headers;
}

async function passedWhole(
  it: Writing,
  { answer, begun }: Passed,
  { extractor, renamed, headers }: PassedForm,
  signal: AbortSignal,
): Promise<GatewayAnswer> {
  const so = nothingExtracted();
  const text = await wholeText(begun ? allBytes(begun) : answer.body).catch((error: unknown) =>
    failureFrom(error, signal),
  );
  if (typeof text !== "string") {
    settle(it, NO_USAGE, "", text);
    return refused(it.asking.dialect, text, it.id);
  }
  extract(extractor, text, so);
  const failure = toldIn(so) ?? (/^\s*[[{]/.test(text) ? undefined : notJson(text));
  settle(it, so.usage, so.stop, failure);
  if (failure !== undefined) return refused(it.asking.dialect, failure, requestIdIn(answer) || it.id);
  const body = renamed === undefined ? text : showingModel(text, renamed.vendors, renamed.clients);
  return { status: 200, headers, body };
}

/** Whether a stream that goes by another type, or by none, is one of events all the same, as that of some hosts. */
function beginsEvents(first: Uint8Array): boolean {
  return /^(?:event|data|id|retry)?:/.test(new TextDecoder().decode(first.subarray(0, LONGEST_FIELD)));
}

/** Bytes of the name of an event's field, with its colon. */
const LONGEST_FIELD = 6;

function renamedIn({ asking, begun }: Writing): Renamed {
  const { value } = begun;
  const clients = asking.model;
  const vendors = value.kind === "passed" ? value.model : begun.candidate.target.model;
  return clients !== "" && clients !== vendors ? { vendors, clients } : undefined;
}

/** How a stream is passed on. */
interface Passing {
  readonly extractor: Extractor;
  readonly passing: Passage;
  /** Whether the client gets the very bytes. */
  readonly isVerbatim: boolean;
}

async function* streamed(
  it: Writing,
  { first, rest: pieces }: BegunBytes,
  { extractor, passing, isVerbatim }: Passing,
  signal: AbortSignal,
): AsyncGenerator<string | Uint8Array> {
  const { so } = passing;
  let size = 0;
  let unread: Uint8Array | undefined;
  let failure: Failure | undefined = GONE;
  try {
    for (let bytes: Uint8Array | undefined = first; bytes !== undefined; bytes = await nextOf(pieces)) {
      size += bytes.length;
      if (isVerbatim && bytes.length > 0) {
        // The client has it before it is looked into.
        unread = bytes;
        yield bytes;
        unread = undefined;
      }
      const out = passing.take(bytes);
      if (!isVerbatim && out.length > 0) yield out;
    }
    const rest = passing.end();
    if (rest !== "") yield rest;
    failure = toldIn(so) ?? (isWhole(extractor, so) ? undefined : CUT);
  } catch (error) {
    const isOver = isWhole(extractor, so) && (so.isWhole || !hasSeveral(it.asking));
    failure = isOver ? undefined : failureFrom(error, signal);
  } finally {
    await pieces.return?.();
    if (unread !== undefined) readLast(passing, unread);
    const usage = so.usage === NO_USAGE ? estimatedUsage(it, size) : so.usage;
    settle(it, usage, so.stop, failure === GONE && isWhole(extractor, so) ? undefined : failure);
  }
  // A stream that broke off must not look like one that has ended.
  if (failure !== undefined && so.error === undefined && !signal.aborted)
    yield cutOff(it.asking.dialect, passing, failure, formOf(it));
}

async function nextOf(pieces: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> {
  const { done, value } = await pieces.next();
  return done ? undefined : value;
}

/** What the client had got when it left is read for the ledger all the same. */
function readLast(passing: Passage, bytes: Uint8Array): void {
  try {
    passing.take(bytes);
  } catch {
    // Longer than is looked into.
  }
}

/** The failure that an answer tells of itself. */
function toldIn({ error, errorType }: Extracted): Failure | undefined {
  if (error === undefined) return undefined;
  const failure = classify({ type: errorType, message: error });
  return failure.kind === "unknown" ? { ...failure, kind: "server" } : failure;
}

function notJson(text: string): Failure {
  return { kind: "server", message: `the answer is not JSON: ${text.slice(0, 200)}` };
}

/** Bytes of a stream's events for one token: an event of Chat Completions has one or two, and is as long. */
const BYTES_A_TOKEN = 200;

/** Where a vendor counts only for those who ask it to, something must be counted all the same: budgets rest on it. */
function estimatedUsage({ asking }: Writing, size: number): Usage {
  // The body as it is: a vendor may take what has no canonical form.
  const input = estimatedTokens(asking.body);
  return size === 0 ? NO_USAGE : { ...NO_USAGE, input, output: Math.ceil(size / BYTES_A_TOKEN) };
}

function isWhole({ endsWithStop }: Extractor, so: Extracted): boolean {
  return so.isWhole || (endsWithStop && so.stop !== "");
}

/** Whether several answers come in one stream, of which the end of one is not the end of all. */
function hasSeveral({ body }: Asking): boolean {
  return Number(body["n"] ?? recordOf(body["generationConfig"])["candidateCount"] ?? 1) > 1;
}

function cutOff(dialect: Dialect, passing: Passage, failure: Failure, form: AnswerForm): string {
  const between = passing.isBetweenEvents() ? "" : "\n\n";
  return between + dialect.encoder(form).take({ type: "error", failure });
}
