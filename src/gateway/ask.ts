import { mayCarry } from "../model/carried.ts";
import { classify } from "../model/classify.ts";
import type { JsonObject, Usage } from "../model/conversation.ts";
import { NO_USAGE } from "../model/conversation.ts";
import { EXTRACTORS } from "../model/extractors.ts";
import type { Failure } from "../model/failure.ts";
import { answerFold, isFailure } from "../model/fold-answer.ts";
import { maskKeys } from "../model/mask.ts";
import type { MessagesAnswer, MessagesRequest, StreamEvent } from "../model/messages.ts";
import { recordOf, textOf } from "../model/record.ts";
import type { Begin, Candidate } from "../model/routing/attempts.ts";
import { isOfTheKey } from "../model/routing/health.ts";
import { quotaLeft } from "../model/routing/quota.ts";
import type { Transport, VendorAnswer } from "../model/transport.ts";
import { type Decoder, type Encoded, Unreadable, Untranslatable, type Wire } from "../model/wire.ts";
import { addressed } from "./addressed.ts";
import type { Dialect } from "./dialect.ts";
import type { GatewayRequest } from "./exchange.ts";
import { type BegunBytes, begunBytes } from "./first-piece.ts";
import { wholeText } from "./pass.ts";
import { placed } from "./placed.ts";
import { askProvider } from "./through-provider.ts";

/** A vendor's answer that has begun, in one of the ways in which it goes to the client. */
export type Answered =
  /** `model`: the vendor's name of it. */
  | {
      readonly kind: "passed";
      readonly answer: VendorAnswer;
      readonly model: string;
      readonly begun?: BegunBytes;
    }
  | {
      readonly kind: "events";
      readonly events: AsyncIterator<StreamEvent>;
      readonly first: readonly StreamEvent[];
      readonly requestId: string;
    }
  | { readonly kind: "whole"; readonly answer: MessagesAnswer; readonly requestId: string };

/** A request as the gateway asks for it. */
export interface Asking {
  readonly call: GatewayRequest;
  readonly dialect: Dialect;
  readonly body: JsonObject;
  /** As the client named it; "": it did not. */
  readonly model: string;
  readonly isStream: boolean;
  /** The canonical form; made when first needed. Throws `BadRequest`. */
  readonly request: () => MessagesRequest;
}

/** Asks a candidate: bytes are passed on where it speaks the client's dialect, else the request is translated. */
export function asker(asking: Asking, transport: Transport): Begin<Answered> {
  return async (found, signal) => {
    try {
      const candidate = found.way.provider.placed ? await placed(asking, found, signal) : found;
      if ("kind" in candidate) return { failure: candidate, usage: NO_USAGE };
      if (wireOf(candidate) === undefined) return await askProvider(asking, candidate, signal);
      return await askWired(asking, candidate, transport, signal);
    } catch (error) {
      return { failure: failureFrom(error, signal), usage: NO_USAGE };
    }
  };
}

/** What a thrown value means. */
export function failureFrom(error: unknown, signal: AbortSignal): Failure {
  if (signal.aborted) return { kind: "stopped", message: "the client went away" };
  if (error instanceof Untranslatable) return { kind: "invalid", message: error.message, status: 400 };
  if (error instanceof Unreadable) return error.failure;
  if (error instanceof RangeError) return { kind: "cut", message: error.message };
  return classify(error);
}

async function askWired(
  asking: Asking,
  candidate: Candidate,
  transport: Transport,
  signal: AbortSignal,
): ReturnType<Begin<Answered>> {
  const wire = wireOf(candidate);
  if (wire === undefined) throw new Error(`${candidate.opened.type.type} has no wire`);
  const isNative = isPassable(asking, candidate);
  const encoded = isNative ? undefined : encode(asking, candidate, wire);
  const sent = await addressed(asking, candidate, encoded, signal);
  if (sent === undefined)
    return {
      failure: { kind: "no-key", message: `there is no key for ${candidate.target.provider}` },
      usage: NO_USAGE,
    };
  const { silenceMs } = candidate.opened.setting;
  const answer = await transport(silenceMs === undefined ? sent : { ...sent, silenceMs }, signal);
  const left = quotaLeft((name) => answer.headers[name]);
  if (left !== undefined) candidate.opened.pool.quota(candidate.key, left);
  if (answer.status < 200 || answer.status >= 300) {
    const body = await wholeText(answer.body);
    const failure = wire.failure({ ...answer, body });
    return { failure: isNative ? withBody(failure, body) : failure, usage: NO_USAGE };
  }
  if (encoded === undefined) return await passable(answer, asking.isStream, candidate.target.model);
  const decoder = () => wire.decoder(encoded.reading);
  if (asking.isStream) return await beginEvents(answer, decoder(), signal);
  if (wire.alwaysStreams) return await foldedAnswer(answer, decoder(), signal);
  return { value: await wholeAnswer(answer, encoded, wire) };
}

/** The words in which a candidate is spoken to; `undefined`: only its provider reaches it. */
function wireOf({ opened }: Candidate): Wire | undefined {
  return opened.type.wired?.wire ?? opened.type.wire;
}

/** Clients read more out of an error about their request than its message (Claude Code, LLM gateway protocol). */
function withBody(failure: Failure, body: string): Failure {
  return isOfTheKey(failure) || !hasError(body) ? failure : { ...failure, body: maskKeys(body) };
}

/** Whether a body has the member in which all of these vendors tell; hosts that only resemble them have others. */
function hasError(body: string): boolean {
  try {
    const { error } = recordOf(JSON.parse(body));
    return textOf(recordOf(error).message) !== undefined;
  } catch {
    // A page of something on the way.
    return false;
  }
}

/** A stream is passed on from its first bytes on; one without any has failed. */
async function passable(answer: VendorAnswer, isStream: boolean, model: string): ReturnType<Begin<Answered>> {
  if (!isStream) return { value: { kind: "passed", answer, model } };
  const begun = await begunBytes(answer);
  return begun === undefined
    ? { failure: { kind: "cut", message: "the stream ended before the answer" }, usage: NO_USAGE }
    : { value: { kind: "passed", answer, model, begun } };
}

/** Whether the very bytes of the client may go to the vendor. */
function isPassable({ dialect, call, isStream }: Asking, { opened }: Candidate): boolean {
  const { type } = opened.type;
  if (!dialect.native.includes(type) || EXTRACTORS[dialect.name] === undefined) return false;
  // The form in which Gemini streams without it is a list, whose pieces end anywhere.
  if (type === "gemini" && isStream && call.query.get("alt") !== "sse") return false;
  return !mayCarry(call.body);
}

function encode(asking: Asking, { opened, target, info }: Candidate, wire: Wire): Encoded {
  const request = { ...asking.request(), model: target.model, stream: asking.isStream };
  return wire.encode(request, { model: target.model, info, options: opened.setting.options });
}

async function wholeAnswer(answer: VendorAnswer, encoded: Encoded, wire: Wire): Promise<Answered> {
  const text = await wholeText(answer.body);
  const body = parsed(text);
  return { kind: "whole", answer: wire.answer(body, encoded.reading), requestId: requestIdIn(answer) };
}

/** The whole of an answer that only comes as a stream. */
async function foldedAnswer(
  answer: VendorAnswer,
  decoder: Decoder,
  signal: AbortSignal,
): ReturnType<Begin<Answered>> {
  const fold = answerFold();
  for await (const event of decodedEvents(answer.body, decoder, signal)) fold.take(event);
  const whole = fold.finish();
  if (isFailure(whole)) return { failure: whole, usage: NO_USAGE };
  return { value: { kind: "whole", answer: whole, requestId: requestIdIn(answer) } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable({ kind: "server", message: `the answer is not JSON: ${text.slice(0, 200)}` });
  }
}

/** The vendor's id of a request; "" when there is none that could stand in a header. */
export function requestIdIn({ headers }: VendorAnswer): string {
  const id = headers["request-id"] ?? headers["x-request-id"] ?? headers["x-amzn-requestid"] ?? "";
  return isPlain(id) ? id : "";
}

/** Whether a value may stand in a header of ours: of a vendor's any sign may come (RFC 9110, section 5.5). */
export function isPlain(value: string): boolean {
  return value.length <= LONGEST_VALUE && /^[\x20-\x7e]*$/.test(value);
}

const LONGEST_VALUE = 1_000;

/** Reads until somebody speaks, so that what fails before can still go elsewhere. */
async function beginEvents(
  answer: VendorAnswer,
  decoder: Decoder,
  signal: AbortSignal,
): ReturnType<Begin<Answered>> {
  const events = decodedEvents(answer.body, decoder, signal)[Symbol.asyncIterator]();
  const first: StreamEvent[] = [];
  let usage: Usage = NO_USAGE;
  for (;;) {
    const { done, value } = await events.next();
    if (done) return { failure: { kind: "cut", message: "the stream ended before the answer" }, usage };
    if (value.type === "error") return { failure: value.failure, usage };
    if (value.type === "message_start") usage = usageIn(value.message.usage);
    first.push(value);
    if (value.type !== "message_start" && value.type !== "ping")
      return { value: { kind: "events", events, first, requestId: requestIdIn(answer) } };
  }
}

async function* decodedEvents(
  body: AsyncIterable<Uint8Array>,
  decoder: Decoder,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  try {
    for await (const bytes of body) {
      for (const event of decoder.take(bytes)) {
        yield event;
        if (event.type === "error" || event.type === "message_stop") return;
      }
    }
  } catch (error) {
    return yield { type: "error", failure: failureFrom(error, signal) };
  }
  yield* decoder.end();
}

/** Our classes of tokens out of the canonical form's. */
export function usageIn(usage: MessagesAnswer["usage"]): Usage {
  const hour = Number(usage.cache_creation?.["ephemeral_1h_input_tokens"] ?? 0);
  return {
    input: usage.input_tokens,
    cacheWrite5m: Math.max(0, usage.cache_creation_input_tokens - hour),
    cacheWrite1h: hour,
    cacheRead: usage.cache_read_input_tokens,
    output: usage.output_tokens,
  };
}
