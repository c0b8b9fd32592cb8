import { untilAborted } from "../../std/abort.ts";
import { anthropicWire } from "../anthropic/wire.ts";
import { encodeRequest } from "../anthropic-encode.ts";
import { mergeListed, undescribed } from "../anthropic-models.ts";
import type { AnswerReader } from "../anthropic-stream.ts";
import { answerReader } from "../anthropic-stream.ts";
import type { CatalogModel } from "../catalog.ts";
import { CATALOG, catalogued } from "../catalog.ts";
import { classify } from "../classify.ts";
import type { ModelRequest } from "../conversation.ts";
import { NO_USAGE } from "../conversation.ts";
import type { Failure } from "../failure.ts";
import { callIds } from "../open-wired.ts";
import type { ModelEvent, Provider, ProviderSetup, ProviderType } from "../provider.ts";
import { watchFetch } from "../watched-fetch.ts";

/** Claude over the Anthropic Messages API, through the vendor's SDK, which is loaded with the first request. */
export const anthropic: ProviderType = {
  type: "anthropic",
  claims: (model) => model.startsWith("claude-"),
  infoOf: (model) => catalogued(model)?.info,
  open,
  wired: {
    wire: anthropicWire,
    address: "https://api.anthropic.com",
    keysIn: ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"],
  },
};

/** How long the model list may take before the table stands in, in milliseconds. */
const LIST_MS = 10_000;

/** How long a connection may stay open after an answer's end before it is given up, in milliseconds. */
const AFTER_END_MS = 250;

function open(setup: ProviderSetup): Provider {
  let listed: { readonly key: string; readonly models: readonly CatalogModel[] } | undefined;
  return {
    name: "anthropic",
    async models(signal) {
      const key = await untilAborted(setup.key(), signal);
      if (key === undefined) return CATALOG.map((it) => it.info);
      if (listed?.key !== key) {
        const models = await list(setup, key, signal);
        if (models === undefined) return CATALOG.map((it) => it.info);
        listed = { key, models };
      }
      return listed.models.map((it) => it.info);
    },
    ask: (request, signal) => {
      const known = listed?.models.find((it) => it.info.id === request.model);
      return ask(setup, request, known ?? catalogued(request.model) ?? undescribed(request.model), signal);
    },
  };
}

/** A client that does nothing by itself: no retries, no logs, no environment, no tracing. */
async function clientOf(setup: ProviderSetup, apiKey: string, send: typeof fetch) {
  const { Anthropic } = await import("@anthropic-ai/sdk");
  return new Anthropic({
    apiKey,
    // `null` keeps the SDK from reading the environment, which is the host's business.
    baseURL: setup.baseUrl ?? null,
    maxRetries: 0,
    fetch: send,
    logLevel: "off",
    openTelemetry: false,
    // The watched fetch ends what hangs, sooner than this.
    timeout: 2 ** 31 - 1,
  });
}

async function list(setup: ProviderSetup, key: string, signal: AbortSignal) {
  const watch = watchFetch(setup.fetch, Math.min(setup.silenceMs, LIST_MS));
  try {
    const client = await clientOf(setup, key, watch.fetch);
    const page = await client.models.list({ limit: 1000 }, { signal });
    return mergeListed(page.data);
  } catch {
    // Without an answer the table serves; only being stopped is no answer to give.
    signal.throwIfAborted();
    return undefined;
  } finally {
    watch.close();
  }
}

async function* ask(
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
    if (key === undefined || key === "") failure = { kind: "no-key", message: "no key is set" };
    else {
      const client = await clientOf(setup, key, watch.fetch);
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
