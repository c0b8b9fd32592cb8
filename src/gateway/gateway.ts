import type { JsonObject } from "../model/conversation.ts";
import type { Failure } from "../model/failure.ts";
import type { MessagesRequest } from "../model/messages.ts";
import { textOf } from "../model/record.ts";
import type { Router } from "../model/router.ts";
import type { Begun, Heard } from "../model/routing/attempts.ts";
import type { Signals } from "../model/routing/signals.ts";
import { depthOf } from "../model/tool-input.ts";
import type { Transport } from "../model/transport.ts";
import { type Answered, type Asking, asker } from "./ask.ts";
import { countTokens } from "./count.ts";
import { described, describedIn } from "./described.ts";
import { BadRequest, type ClientCall, type Dialect } from "./dialect.ts";
import { dialects } from "./dialects/all.ts";
import type { Client, GatewayAnswer, GatewayRequest } from "./exchange.ts";
import { refused } from "./refuse.ts";
import { type ResponseCache, throughCache } from "./response-cache.ts";
import { askerOf, LONGEST_NAME, lazySignals } from "./signals.ts";
import { written } from "./write.ts";

/** What a gateway is made of. */
export interface GatewayParts {
  readonly router: () => Router;
  readonly transport: Transport;
  /** Who has a key; `undefined`: nobody. Takes the same time for every key. */
  readonly clientOf: (key: string) => Client | undefined;
  /** Seconds since 1970. */
  readonly now: () => number;
  /** Letters and digits, unlike any other. */
  readonly newId: () => string;
  readonly heard: Heard;
  /** What `GET /metrics` answers. */
  readonly metrics: () => string;
  /** Answers the same requests again without asking; absent: every request is asked. */
  readonly responses?: ResponseCache | undefined;
}

/** Answers requests of clients. Never rejects; aborting `signal` ends what is asked of a vendor. */
export type Gateway = (call: GatewayRequest, signal: AbortSignal) => Promise<GatewayAnswer>;

/** A gateway over a router. */
export function openGateway(parts: GatewayParts): Gateway {
  return async (call, signal) => {
    const plain = plainAnswer(call);
    if (plain !== undefined) return plain;
    const dialect = dialectOf(call);
    const id = parts.newId();
    try {
      return await answered(parts, call, dialect, id, signal);
    } catch (error) {
      const failure: Failure =
        error instanceof BadRequest
          ? { kind: "invalid", message: error.message, status: 400 }
          : { kind: "server", message: "the gateway failed", status: 500 };
      return refused(dialect, failure, id);
    }
  };
}

/** What needs no key: that we are there, and nothing more. */
function plainAnswer({ method, path }: GatewayRequest): GatewayAnswer | undefined {
  const isHead = method === "HEAD";
  if (!isHead && method !== "GET") return undefined;
  if (path === "/health") return json(200, { status: "ok" });
  return path === "/api/hello" ? json(200, { message: "hello" }) : undefined;
}

async function answered(
  parts: GatewayParts,
  call: GatewayRequest,
  dialect: Dialect,
  id: string,
  signal: AbortSignal,
): Promise<GatewayAnswer> {
  const key = dialect.keyOf(call);
  const client = key === undefined ? undefined : parts.clientOf(key);
  if (client === undefined) return refused(dialect, NO_CLIENT, id);
  if (call.method === "GET" && call.path === "/metrics")
    return { status: 200, headers: { "content-type": "text/plain; version=0.0.4" }, body: parts.metrics() };
  const wanted = dialect.wants(call);
  if (wanted === undefined)
    return refused(
      dialect,
      { kind: "invalid", message: `there is no ${call.method} ${call.path}`, status: 404 },
      id,
    );
  if (call.broken !== undefined) return refused(dialect, call.broken, id);
  if (wanted === "models") return json(200, dialect.models(await parts.router().models(signal)));
  if (wanted === "model") return await oneModel(parts, call, dialect, id, signal);
  const asking = askingOf(call, dialect);
  const signals = lazySignals(asking, askerOf(call, dialect, client));
  if (wanted === "count") return json(200, dialect.count(await countTokens(parts, asking, signals, signal)));
  const waitMs = client.wait(signals.tokens);
  if (waitMs > 0) return refused(dialect, { ...CLIENT_LIMIT, retryAfterMs: waitMs }, id);
  client.began();
  const exchange = { parts, asking, signals, id };
  const { responses } = parts;
  if (responses === undefined) return await asked(exchange, client, signal);
  return await throughCache(responses, parts.router(), exchange, (watch) =>
    asked({ ...exchange, watch }, client, signal),
  );
}

/** A request that its client's limits let through. */
interface Exchange {
  readonly parts: GatewayParts;
  readonly asking: Asking;
  readonly signals: Signals;
  readonly id: string;
  /** Sees what has begun to answer, and gives what is to be written. */
  readonly watch?: (begun: Begun<Answered>) => Begun<Answered>;
}

function asked(exchange: Exchange, client: Client, signal: AbortSignal): Promise<GatewayAnswer> {
  return client.enter === undefined
    ? exchanged(exchange, client, signal)
    : inTurn(exchange, client, client.enter, signal);
}

async function exchanged(
  { parts, asking, signals, id, watch }: Exchange,
  client: Client,
  signal: AbortSignal,
): Promise<GatewayAnswer> {
  const begun = await begin(parts, asking, signals, signal);
  if ("kind" in begun) return refused(asking.dialect, begun, begun.requestId ?? id);
  const shown = watch === undefined ? begun : watch(begun);
  return written({ asking, begun: shown, client, created: parts.now(), id }, signal);
}

/** The same when the client has a place free, which it keeps until its answer has ended. */
async function inTurn(
  exchange: Exchange,
  client: Client,
  enter: NonNullable<Client["enter"]>,
  signal: AbortSignal,
): Promise<GatewayAnswer> {
  const leave = await enter(exchange.signals.session, signal).catch(() => undefined);
  if (leave === undefined) return refused(exchange.asking.dialect, GONE, exchange.id);
  const spent = (tokens: number) => {
    leave();
    client.spent(tokens);
  };
  try {
    const answer = await exchanged(exchange, { ...client, spent }, signal);
    // A stream ends later, and tells what was spent then.
    if (typeof answer.body === "string") leave();
    return answer;
  } catch (error) {
    leave();
    throw error;
  }
}

async function oneModel(
  { router }: GatewayParts,
  { path }: GatewayRequest,
  dialect: Dialect,
  id: string,
  signal: AbortSignal,
): Promise<GatewayAnswer> {
  const name = describedIn(path) ?? "";
  const model = described(await router().models(signal), name);
  const message = `there is no model "${name}"`;
  return model === undefined
    ? refused(dialect, { kind: "model-unknown", message, status: 404 }, id)
    : json(200, dialect.model(model));
}

const NO_CLIENT: Failure = {
  kind: "auth",
  message: "the gateway does not know this key; its keys are in the setting wheelhouse.server",
  status: 401,
};
const GONE: Failure = { kind: "stopped", message: "the client went away" };
const CLIENT_LIMIT: Failure = { kind: "rate-limit", message: "this client's limit is used up", status: 429 };

function begin(
  parts: GatewayParts,
  asking: Asking,
  signals: Signals,
  signal: AbortSignal,
): Promise<Begun<Answered> | Failure> {
  return parts.router().begin(signals, asker(asking, parts.transport), parts.heard, signal);
}

function askingOf(call: GatewayRequest, dialect: Dialect): Asking {
  const body = bodyOf(call.body);
  let decoded: MessagesRequest | undefined;
  const request = () => (decoded ??= dialect.decode(body, call));
  const isStream =
    typeof body["stream"] === "boolean" ? body["stream"] : /:streamGenerateContent$/.test(call.path);
  const model = dialect.modelIn?.(call) ?? textOf(body["model"]) ?? "";
  if (model.length > LONGEST_NAME)
    throw new BadRequest(`model: must not be longer than ${LONGEST_NAME} characters`);
  return { call, dialect, body, model, isStream, request };
}

/** Nesting beyond this is no honest request. */
const DEEPEST = 200;

function bodyOf(text: string): JsonObject {
  if (depthOf(text) > DEEPEST) throw new BadRequest(`the body is nested more than ${DEEPEST} levels deep`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : "unreadable";
    throw new BadRequest(`the body is not JSON: ${why}`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new BadRequest("the body must be a JSON object");
}

/** A refusal of a request that must not come as far as the gateway, in the words of its dialect. */
export function refusedEarly(call: ClientCall, failure: Failure): GatewayAnswer {
  return refused(dialectOf(call), failure, "");
}

/** The dialect of a request; for a path that is nobody's, the one whose errors its beginning gets. */
function dialectOf(call: ClientCall): Dialect {
  return dialects.find((it) => it.wants(call) !== undefined) ?? likeliestOf(call.path);
}

function likeliestOf(path: string): Dialect {
  const name = path.startsWith("/v1beta/")
    ? "gemini"
    : /^\/v1\/(chat|responses)/.test(path)
      ? "openai-chat"
      : "anthropic";
  const found = dialects.find((it) => it.name === name) ?? dialects[0];
  if (found === undefined) throw new Error("there are no dialects");
  return found;
}

function json(status: number, body: JsonObject): GatewayAnswer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
