import { untilAborted } from "../../std/abort.ts";
import { encodeRequest } from "../anthropic-encode.ts";
import type { AnswerReader } from "../anthropic-stream.ts";
import { answerReader } from "../anthropic-stream.ts";
import type { CatalogModel } from "../catalog.ts";
import { classify } from "../classify.ts";
import type { ModelRequest } from "../conversation.ts";
import { NO_USAGE } from "../conversation.ts";
import type { Failure } from "../failure.ts";
import { callIds } from "../open-wired.ts";
import type { ModelEvent, ProviderSetup } from "../provider.ts";
import { watchFetch } from "../watched-fetch.ts";

/** What is used of a client of the vendor's SDKs: all of them post messages in the same way. */
export interface ClaudeClient {
  post(
    path: string,
    options: {
      readonly body: unknown;
      readonly signal: AbortSignal;
      readonly stream?: true;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ): {
    asResponse(): Promise<Response>;
    withResponse(): Promise<{ readonly data: unknown; readonly request_id: string | null | undefined }>;
  };
}

/** Makes a client for one request; `undefined`: it needs a key and there is none. */
export type Connect = (
  setup: ProviderSetup,
  key: string | undefined,
  send: typeof fetch,
) => Promise<ClaudeClient | undefined>;

/** Options of every client: it does nothing by itself, no retries, no logs, no tracing. */
export function quietOptions(send: typeof fetch) {
  return {
    maxRetries: 0,
    fetch: send,
    logLevel: "off",
    openTelemetry: false,
    // The watched fetch ends what hangs, sooner than this.
    timeout: 2 ** 31 - 1,
  } as const;
}

/** How long a connection may stay open after an answer's end before it is given up, in milliseconds. */
const AFTER_END_MS = 250;

/** One answer through a client of the vendor's SDKs. A stream never throws: its last event is `done` or `failed`. */
export async function* askClaude(
  connect: Connect,
  setup: ProviderSetup,
  request: ModelRequest,
  model: CatalogModel,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  const watch = watchFetch(setup.fetch, setup.silenceMs);
  const reader = answerReader(callIds(request));
  let failure: Failure | undefined;
  let requestId: string | undefined;
  try {
    const key = await untilAborted(setup.key(), signal);
    const client = await connect(setup, key || undefined, watch.fetch);
    if (client === undefined) failure = { kind: "no-key", message: "no key is set" };
    else {
      const body = encodeRequest(request, model);
      // Not by `messages.create`: that prints its own advice about models on the console, between our output.
      const sent = client.post("/v1/messages", { body, signal, stream: true });
      const { data, request_id } = await sent.withResponse();
      requestId = request_id ?? undefined;
      const events: unknown = data;
      for await (const event of events as AsyncIterable<unknown>) {
        yield* reader.take(event);
        if (reader.soFar.broken !== undefined) break;
        // The rest is read so that the connection can serve again.
        if (reader.soFar.ended) watch.hurry(AFTER_END_MS);
      }
    }
  } catch (error) {
    failure = classify(error);
  } finally {
    watch.close();
  }
  yield endOf(
    reader,
    { failure, requestId, watched: watch.failure(), cleanly: watch.endedBetweenEvents() },
    signal,
  );
}

interface Ending {
  /** What was thrown. */
  readonly failure: Failure | undefined;
  readonly requestId: string | undefined;
  /** Why the watch ended the request. */
  readonly watched: Failure | undefined;
  readonly cleanly: boolean;
}

function endOf(reader: AnswerReader, ending: Ending, signal: AbortSignal): ModelEvent {
  const { soFar } = reader;
  const undisturbed = ending.failure === undefined && ending.watched === undefined && !signal.aborted;
  // What comes after the end of an answer does not undo it.
  const answer = soFar.ended || undisturbed ? reader.finish(ending.cleanly, ending.requestId) : undefined;
  if (answer !== undefined) return { type: "done", answer };
  const failure: Failure = signal.aborted
    ? { kind: "stopped", message: "stopped" }
    : (ending.watched ??
      ending.failure ?? { kind: "cut", message: soFar.broken ?? "the stream ended before the answer" });
  const requestId = failure.requestId ?? ending.requestId;
  return {
    type: "failed",
    failure: { ...failure, ...(requestId !== undefined && { requestId }) },
    text: reader.text(),
    usage: soFar.begun ? soFar.usage : NO_USAGE,
  };
}
