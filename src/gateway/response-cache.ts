import { NO_USAGE } from "../model/conversation.ts";
import type { Attempt } from "../model/ledger.ts";
import { costOf } from "../model/price.ts";
import type { Router } from "../model/router.ts";
import type { Begun, Candidate } from "../model/routing/attempts.ts";
import type { Decision } from "../model/routing/decide.ts";
import type { Outcome } from "../model/routing/settle.ts";
import type { Signals } from "../model/routing/signals.ts";
import type { Answered, Asking } from "./ask.ts";
import type { Cache } from "./cache.ts";
import { isDeterministic } from "./deterministic.ts";
import { type GatewayAnswer, requestIdHeaders } from "./exchange.ts";
import { type KeptAnswer, keptAnswer, keptText } from "./kept-answer.ts";

/** Answers of earlier requests, for the same ones that ask for no chance. */
export interface ResponseCache {
  readonly cache: Cache;
  /** How long an answer is used, in milliseconds. */
  readonly ageMs: number;
  /** Longer answers are not kept. */
  readonly mostCharacters: number;
  /** Whether what one client asked answers others; else each client and project has its own. */
  readonly isShared: boolean;
  /** A text's fingerprint, which no two texts have in common. */
  readonly hash: (text: string) => string;
  readonly record: (attempt: Attempt) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** An id for a record. */
  readonly newId: () => string;
}

/** The provider, and the key, under which answers out of the cache stand in the ledger. */
export const RESPONSE_CACHE = "response-cache";

/** A request that may be answered out of the cache. */
export interface CacheRequest {
  readonly asking: Asking;
  readonly signals: Signals;
  /** The request's id for its client. */
  readonly id: string;
}

/** Asks; `watch` is shown what has begun to answer, and gives what is to be written. */
export type WatchedAsk = (watch: (begun: Begun<Answered>) => Begun<Answered>) => Promise<GatewayAnswer>;

/**
 * The kept answer of the same request, else the one that `ask` gets, which is kept when it is whole, the vendor took the
 * request as it is, and the one asked first answered. Answers say in `x-wheelhouse-cache` what they are; of a client,
 * `cache-control: no-cache` asks anew and `no-store` keeps nothing.
 */
export async function throughCache(
  responses: ResponseCache,
  router: Router,
  request: CacheRequest,
  ask: WatchedAsk,
): Promise<GatewayAnswer> {
  const { asking } = request;
  const place = isDeterministic(asking) ? placeOf(responses, router, request) : undefined;
  if (place === undefined) return await ask((begun) => begun);
  const control = asking.call.headers["cache-control"] ?? "";
  const found = /\bno-(cache|store)\b/.test(control) ? undefined : await responses.cache.get(place.key);
  const kept = found === undefined ? undefined : keptAnswer(found);
  // A nearer cache may have it from a farther one, and not know how old it is.
  if (kept !== undefined && responses.now() - kept.made < responses.ageMs)
    return hit(responses, request, place.decision, kept);
  const seen: Seen = { begun: undefined, outcome: undefined };
  const answer = await ask((begun) => watched(begun, seen));
  if (answer.status !== 200 || /\bno-store\b/.test(control)) return answer;
  const keep = (body: string, type: string) => keepIn(responses, request, place, seen, { body, type });
  return keeping(answer, responses.mostCharacters, keep);
}

interface Place {
  readonly key: string;
  readonly decision: Decision;
}

/** Headers of which an answer depends, of those that go to a vendor. */
const HEADERS = ["anthropic-version", "anthropic-beta", "openai-beta"];

/** Where an answer is kept: by all it depends on, and whose it is. `undefined`: nobody would answer. */
function placeOf(
  { isShared, hash }: ResponseCache,
  { decide, providers }: Router,
  { asking, signals }: CacheRequest,
): Place | undefined {
  const decision = decide(signals);
  const [target] = decision.targets;
  const opened = providers.find((it) => it.setting.name === target?.provider);
  if (target === undefined || opened === undefined) return undefined;
  const { call, dialect } = asking;
  const whose = isShared ? [] : [signals.user, signals.project];
  const query = [...call.query].filter(([name]) => name !== "key");
  const { type, baseUrl = "", options } = opened.setting;
  const parts = [
    whose,
    [dialect.name, call.path, query, HEADERS.map((it) => call.headers[it] ?? "")],
    [target.provider, target.model, type, baseUrl, options],
    call.body,
  ];
  return { key: hash(JSON.stringify(parts)), decision };
}

function hit(
  responses: ResponseCache,
  { asking, signals, id }: CacheRequest,
  decision: Decision,
  { type, body, stop, cost, made }: KeptAnswer,
): GatewayAnswer {
  const now = responses.now();
  const { client, session, user, project, model } = signals;
  responses.record({
    ...{ id: responses.newId(), time: now, client, session, user, project, category: decision.category },
    ...{ provider: RESPONSE_CACHE, key: RESPONSE_CACHE, asked: model },
    model: decision.targets[0]?.model ?? model,
    ...{ usage: NO_USAGE, cost: 0, costAsked: cost, firstMs: 0, totalMs: 0 },
    ...{ stop, failure: "", status: undefined, requestId: id },
  });
  const age = String(Math.max(0, Math.floor((now - made) / 1000)));
  const headers = { ...requestIdHeaders(id), "content-type": type, "x-wheelhouse-cache": "hit", age };
  return {
    status: 200,
    headers: asking.isStream ? { ...headers, "cache-control": "no-cache" } : headers,
    body,
  };
}

/** What became of a request that was asked. */
interface Seen {
  begun: Begun<Answered> | undefined;
  outcome: Outcome | undefined;
}

function watched(begun: Begun<Answered>, seen: Seen): Begun<Answered> {
  seen.begun = begun;
  return {
    ...begun,
    settle(outcome) {
      seen.outcome = outcome;
      begun.settle(outcome);
    },
  };
}

/** The same answer; `keep` gets it once it has come to its end, unless it is longer than `most` characters. */
function keeping(
  answer: GatewayAnswer,
  most: number,
  keep: (body: string, type: string) => void,
): GatewayAnswer {
  const { body, headers } = answer;
  const type = headers["content-type"] ?? "";
  const marked = { ...answer, headers: { ...headers, "x-wheelhouse-cache": "miss" } };
  if (typeof body !== "string") return { ...marked, body: copied(body, most, (text) => keep(text, type)) };
  if (body.length <= most) keep(body, type);
  return marked;
}

async function* copied(
  body: AsyncIterable<string | Uint8Array>,
  most: number,
  done: (text: string) => void,
): AsyncGenerator<string | Uint8Array> {
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  let size = 0;
  for await (const piece of body) {
    yield piece;
    if (size > most) continue;
    const text = typeof piece === "string" ? piece : decoder.decode(piece, { stream: true });
    size += text.length;
    if (size > most) pieces.length = 0;
    else pieces.push(text);
  }
  if (size <= most) done(pieces.join(""));
}

/** Why an answer ended that would end so again; others (filters, refusals) may be another time's. */
const ENDS: ReadonlySet<string> = new Set([
  "end_turn",
  "stop_sequence",
  "tool_use",
  "max_tokens",
  "stop",
  "length",
  "tool_calls",
  "function_call",
  "completed",
  "STOP",
  "MAX_TOKENS",
]);

function keepIn(
  { cache, ageMs, now }: ResponseCache,
  { asking }: CacheRequest,
  { key, decision }: Place,
  { begun, outcome }: Seen,
  { body, type }: { readonly body: string; readonly type: string },
): void {
  if (begun === undefined || outcome === undefined || outcome.failure !== undefined) return;
  const { candidate, value } = begun;
  const [first] = decision.targets;
  const isFirst = first?.provider === candidate.target.provider && first.model === candidate.target.model;
  if (!isFirst || body === "" || !ENDS.has(outcome.stop)) return;
  if (value.kind !== "passed" && !isTakenAsAsked(asking, candidate)) return;
  const cost = costOf(outcome.usage, candidate.info);
  cache.put(key, keptText({ type, body, stop: outcome.stop, cost, made: now() }), ageMs);
}

/** Whether a translation has a word for the temperature: where it has none, there was chance in the answer. */
function isTakenAsAsked(asking: Asking, { opened, target, info }: Candidate): boolean {
  const wire = opened.type.wired?.wire ?? opened.type.wire;
  if (wire === undefined) return false;
  const request = { ...asking.request(), model: target.model, stream: asking.isStream };
  const { dropped } = wire.encode(request, { model: target.model, info, options: opened.setting.options });
  return !dropped.includes("temperature");
}
