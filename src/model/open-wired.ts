import { untilAborted } from "../std/abort.ts";
import { type AnswerReader, answerReader } from "./anthropic-stream.ts";
import { classify } from "./classify.ts";
import type { ModelRequest } from "./conversation.ts";
import { NO_USAGE } from "./conversation.ts";
import type { Failure } from "./failure.ts";
import type { ModelEvent, ModelInfo, Provider, ProviderSetup, Wired } from "./provider.ts";
import { turnRequest } from "./turn-request.ts";
import { watchFetch } from "./watched-fetch.ts";
import { type Decoder, Untranslatable } from "./wire.ts";

/** What is known of a type's models without asking anybody. */
export interface Known {
  readonly models: readonly ModelInfo[];
  readonly infoOf: (model: string) => ModelInfo | undefined;
}

/** How long the model list may take before the table stands in, in milliseconds. */
const LIST_MS = 10_000;

/** A provider over plain HTTP. */
export function openWired(name: string, wired: Wired, known: Known, setup: ProviderSetup): Provider {
  return {
    name,
    async models(signal) {
      const listed = await list(wired, setup, signal);
      return listed === undefined ? known.models : listed.map((it) => known.infoOf(it.id) ?? it);
    },
    ask: (request, signal) => ask(wired, known, setup, request, signal),
  };
}

/** Headers of every request to a vendor; `undefined`: a key is needed and there is none. */
async function headersOf({ wire, keysIn }: Wired, setup: ProviderSetup, signal: AbortSignal) {
  const key = await untilAborted(setup.key(), signal);
  if (key === undefined && keysIn.length > 0 && setup.baseUrl === undefined) return undefined;
  return { "content-type": "application/json", ...(key ? wire.authorize(key) : {}) };
}

async function list(
  wired: Wired,
  setup: ProviderSetup,
  signal: AbortSignal,
): Promise<readonly ModelInfo[] | undefined> {
  const { list: way } = wired.wire;
  const headers = await headersOf(wired, setup, signal);
  if (way === undefined || headers === undefined) return undefined;
  const watch = watchFetch(setup.fetch, Math.min(setup.silenceMs, LIST_MS));
  try {
    const answer = await watch.fetch(`${setup.baseUrl ?? wired.address}${way.path}`, {
      headers: { ...headers, ...way.headers },
      signal,
    });
    if (!answer.ok) return undefined;
    const found = way.read(await answer.json());
    return found.length === 0 ? undefined : found;
  } catch {
    // Without an answer the table serves; only being stopped is no answer to give.
    signal.throwIfAborted();
    return undefined;
  } finally {
    watch.close();
  }
}

async function* ask(
  wired: Wired,
  known: Known,
  setup: ProviderSetup,
  request: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  const watch = watchFetch(setup.fetch, setup.silenceMs);
  const reader = answerReader(callIds(request));
  let failure: Failure | undefined;
  let requestId: string | undefined;
  try {
    const headers = await headersOf(wired, setup, signal);
    if (headers === undefined) failure = { kind: "no-key", message: "no key is set" };
    else {
      const info = known.infoOf(request.model);
      const target = { model: request.model, info, options: setup.options ?? {} };
      const encoded = wired.wire.encode(turnRequest(request, info), target);
      const answer = await watch.fetch(`${setup.baseUrl ?? wired.address}${encoded.path}`, {
        method: "POST",
        headers: { ...headers, ...encoded.headers },
        body: JSON.stringify(encoded.body),
        signal,
      });
      requestId = answer.headers.get("x-request-id") ?? undefined;
      if (answer.ok && answer.body !== null)
        failure = yield* read(answer.body, wired.wire.decoder(encoded.reading), reader);
      else failure = wired.wire.failure(await refusalOf(answer));
    }
  } catch (error) {
    failure = error instanceof Untranslatable ? { kind: "invalid", message: error.message } : classify(error);
  } finally {
    watch.close();
  }
  yield ending(reader, signal.aborted ? STOPPED : (watch.failure() ?? failure), requestId);
}

const STOPPED: Failure = { kind: "stopped", message: "stopped" };

async function* read(
  body: ReadableStream<Uint8Array>,
  decoder: Decoder,
  reader: AnswerReader,
): AsyncGenerator<ModelEvent, Failure | undefined> {
  const bytes = body.getReader();
  try {
    for (;;) {
      const { done, value } = await bytes.read();
      for (const event of done ? decoder.end() : decoder.take(value)) {
        if (event.type === "error") return event.failure;
        yield* reader.take(event);
        if (reader.soFar.broken !== undefined) return { kind: "cut", message: reader.soFar.broken };
        if (event.type === "message_stop") return undefined;
      }
      if (done) return { kind: "cut", message: "the stream ended before the answer" };
    }
  } finally {
    // What still comes behind the end is nobody's; a body that has failed cannot be cancelled any more.
    await bytes.cancel().catch(() => undefined);
  }
}

async function refusalOf(answer: Response) {
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: (await answer.text()).slice(0, MOST_REFUSAL),
  };
}

const MOST_REFUSAL = 100_000;

function ending(
  reader: AnswerReader,
  failure: Failure | undefined,
  requestId: string | undefined,
): ModelEvent {
  const answer = reader.soFar.ended ? reader.finish(true, requestId) : undefined;
  if (answer !== undefined) return { type: "done", answer };
  const why = failure ?? { kind: "cut", message: "the stream ended before the answer" };
  return {
    type: "failed",
    failure: { ...(requestId !== undefined && { requestId }), ...why },
    text: reader.text(),
    usage: reader.soFar.begun ? reader.soFar.usage : NO_USAGE,
  };
}

/** Ids of the calls that the conversation has. */
export function callIds(request: ModelRequest): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const message of request.messages) {
    for (const block of message.content) if (block.type === "tool_use") ids.add(block.id);
  }
  return ids;
}
