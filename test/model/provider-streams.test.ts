import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import type { Failure } from "../../src/model/failure.ts";
import type { ModelEvent } from "../../src/model/provider.ts";
import { retryOf } from "../../src/model/retry.ts";
import { sentenceOf } from "../../src/model/sentence.ts";
import { chunkFetch, endOf, provider } from "../support/messages-requests.ts";

type End = Extract<ModelEvent, { type: "done" | "failed" }>;
interface Transcript {
  readonly sse: string;
  readonly events: readonly { readonly event: string; readonly data: unknown }[];
  readonly final: {
    readonly stop_reason: string;
    readonly content: readonly {
      readonly type: string;
      readonly text?: string;
      readonly inputInvalid?: boolean;
    }[];
    readonly usage: { readonly input_tokens: number; readonly output_tokens: number };
  };
}
interface Case {
  readonly id: string;
  readonly title: string;
  readonly class: string;
  readonly protocol: string;
  readonly transcript?: string;
  readonly rawBody?: string;
  readonly http: { readonly status: number; readonly headers: Readonly<Record<string, string>> };
  readonly transform?: {
    readonly kind: string;
    readonly end?: string;
    readonly event?: string;
    readonly fault?: string;
    readonly what?: string;
    readonly bytesOrCount?: number;
  };
  readonly sequence?: readonly unknown[];
  readonly expect: {
    readonly outcome: string;
    readonly firstWaitMs?: readonly [number, number];
    readonly maxRetries?: number;
    readonly text?: readonly string[];
  };
}

const CASES = new URL("../../../shared/cases/security/provider-streams.json", import.meta.url);
const loaded = load();

function load():
  | { readonly transcripts: Readonly<Record<string, Transcript>>; readonly cases: readonly Case[] }
  | undefined {
  try {
    return JSON.parse(readFileSync(CASES, "utf8"));
  } catch {
    return undefined;
  }
}

/** What stands for the network's part of a fault. */
const reset = () =>
  new TypeError("terminated", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
const REFUSED: Readonly<Record<string, string>> = {
  "DNS failure": "ENOTFOUND",
  "connection refused": "ECONNREFUSED",
  "reset before headers": "ECONNRESET",
};

const bytes = (text: string) => Buffer.from(text);
const ask = (chunks: Iterable<Uint8Array>, it: Case, error?: Error) =>
  endOf(provider({ silenceMs: 400, fetch: chunkFetch(chunks, { ...it.http, ...(error && { error }) }) }));

/** A small generator of numbers (mulberry32), so that a failing seed can be named. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function* randomly(body: Buffer, seed: number): Iterable<Buffer> {
  const next = numbers(seed);
  for (let at = 0; at < body.length; ) {
    const size = 1 + Math.floor(next() * 9);
    yield body.subarray(at, at + size);
    at += size;
  }
}

function* generated(what: string, amount: number): Iterable<Buffer> {
  const chunk =
    what === "line"
      ? Buffer.alloc(1 << 20, 97)
      : bytes('event: ping\ndata: {"type":"ping"}\n\n'.repeat(1000));
  for (let sent = 0; sent < amount; sent += what === "line" ? chunk.length : 1000) yield chunk;
}

/** All ways in which the body of a case may come in. */
function* deliveries(
  it: Case,
  body: Buffer,
): Iterable<{ readonly chunks: Iterable<Buffer>; readonly error?: Error; readonly upTo: number }> {
  const text = body.toString();
  const whole = (changed: string) => ({ chunks: [bytes(changed)], upTo: body.length });
  switch (it.transform?.kind) {
    case "cut-in-two-at-every-offset":
      for (let at = 1; at < body.length; at++)
        yield { chunks: [body.subarray(0, at), body.subarray(at)], upTo: body.length };
      break;
    case "truncate-at-every-offset":
      for (let at = 0; at < body.length; at++) {
        yield {
          chunks: [body.subarray(0, at)],
          upTo: at,
          ...(it.transform.end !== "fin" && { error: reset() }),
        };
      }
      break;
    case "random-chunks":
      for (let seed = 0; seed < 200; seed++) yield { chunks: randomly(body, seed), upTo: body.length };
      break;
    case "cr-line-endings":
      yield whole(text.replaceAll("\n", "\r"));
      break;
    case "comment-line-between-all-lines":
      yield whole(text.replaceAll("\n", "\n: comment\n").replaceAll(": comment\n\n", "\n"));
      break;
    case "no-space-after-colon":
      yield whole(text.replaceAll(/^(event|data): /gm, "$1:"));
      break;
    case "drop-event":
      yield whole(
        text
          .split("\n\n")
          .filter((event) => !event.startsWith(`event: ${it.transform?.event}\n`))
          .join("\n\n"),
      );
      break;
    case "generate":
      yield { chunks: generated(it.transform.what ?? "", it.transform.bytesOrCount ?? 0), upTo: 0 };
      break;
    default:
      yield { chunks: [body], upTo: body.length };
  }
}

/** The answer is the transcript's: its stop, its blocks, its usage; calls marked invalid there run nothing. */
function assertFinal(end: End, { final }: Transcript): void {
  assert.equal(end.type, "done");
  const { answer } = end;
  assert.equal(answer.stop, final.stop_reason);
  const blocks = answer.content.map((block) => (block.type === "opaque" ? block.raw : block));
  const invalid = final.content.filter((block) => block.inputInvalid);
  assert.equal(answer.badCalls.length, invalid.length);
  if (invalid.length === 0) assert.deepEqual(blocks, final.content);
  assert.equal(answer.usage.input, final.usage.input_tokens);
  assert.equal(answer.usage.output, final.usage.output_tokens);
}

function failureIn(end: End): Failure {
  assert.equal(end.type, "failed", JSON.stringify(end).slice(0, 400));
  return end.failure;
}

/** Whether sending the same request again is allowed. */
function mayRetry(failure: Failure): boolean {
  return typeof retryOf(failure, 1, 0.5) === "object";
}

const CHECKS: Readonly<Record<string, (end: End, it: Case, transcript: Transcript | undefined) => void>> = {
  "same-as-final": (end, _, transcript) => transcript && assertFinal(end, transcript),
  truncated: (end, _, transcript) => transcript && assertFinal(end, transcript),
  "same-as-final-or-protocol-error": (end, _, transcript) =>
    end.type === "done" ? transcript && assertFinal(end, transcript) : undefined,
  "accept-or-protocol-error": (end) => assert.ok(end.type === "done" || end.failure.kind === "cut"),
  "complete-or-incomplete": (end) => assert.ok(end.type === "done" || end.failure.kind === "cut"),
  "ok-or-limit-error": (end) => assert.ok(end.type === "failed"),
  incomplete: (end) => assert.ok(failureIn(end)),
  "protocol-error": (end) => assert.equal(mayRetry(failureIn(end)), true),
  "same-text": (end) => assert.ok(end.type === "done" && end.answer.content.length === 1),
  "text-equals-any": (end, it) => {
    const text =
      end.type === "done"
        ? end.answer.content.map((block) => (block.type === "text" ? block.text : "")).join("")
        : "";
    assert.ok(it.expect.text?.includes(text), text);
  },
  "error-result": (end) => {
    // A name that no tool has is the loop's to answer; the call itself is whole.
    const calls = end.type === "done" ? end.answer.content.filter((block) => block.type === "tool_use") : [];
    const bad = end.type === "done" ? end.answer.badCalls : [];
    assert.ok(calls.length === 1 && (bad.length === 1 || calls[0]?.name === "constructor"));
  },
  fail: (end) => {
    assert.equal(retryOf(failureIn(end), 1, 0.5), "give-up");
    assert.ok(sentenceOf(failureIn(end), { model: "claude-nope" }).length > 20);
  },
  retry: (end, it) => {
    const failure = failureIn(end);
    const [least, most] = it.expect.firstWaitMs ?? [0, 8000];
    for (const random of [0, 0.5, 0.999]) {
      const retry = retryOf(failure, 1, random);
      assert.ok(
        typeof retry === "object" && retry.waitMs >= least && retry.waitMs <= most,
        JSON.stringify(retry),
      );
    }
    assert.equal(retryOf(failure, (it.expect.maxRetries ?? 3) + 1, 0.5), "give-up");
    if (it.http.headers["request-id"] === "req_e") assert.match(sentenceOf(failure, { model: "m" }), /req_e/);
  },
  "timeout-then-retry": (end) => assert.equal(failureIn(end).kind, "timeout"),
  "repair-history-then-retry-once": (end) => assert.equal(failureIn(end).kind, "invalid"),
  "shrink-then-retry-once": (end) => assert.equal(failureIn(end).kind, "too-large"),
};

async function play(it: Case, transcript: Transcript | undefined): Promise<void> {
  const check = CHECKS[it.expect.outcome];
  assert.ok(check, `no check for ${it.expect.outcome}`);
  if (it.transform?.kind === "fault") return check(await fault(it, transcript), it, transcript);
  const body = bytes(it.rawBody ?? transcript?.sse ?? "");
  // The last two events are small; between them an answer is whole by its closed blocks and its stop reason.
  const closed = body.lastIndexOf("event: message_stop");
  for (const { chunks, error, upTo } of deliveries(it, body)) {
    if (it.expect.outcome === "incomplete" && error === undefined && upTo === closed && it.transform)
      continue;
    const end = await ask(chunks, it, error);
    if (it.transform?.kind === "truncate-at-every-offset" && end.type === "failed")
      assert.equal(mayRetry(end.failure), true);
    check(end, it, transcript);
  }
}

/** The end of an answer over a network with this fault. */
function fault(it: Case, transcript: Transcript | undefined): Promise<End> {
  const name = it.transform?.fault ?? "";
  const code = REFUSED[name];
  const throws =
    (error: Error): typeof fetch =>
    async () => {
      throw error;
    };
  if (code)
    return endOf(
      provider({
        fetch: throws(new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) })),
      }),
    );
  if (name === "proxy answers CONNECT 403") {
    const cause = new Error("Proxy response (403) !== 200 when HTTP Tunneling");
    return endOf(provider({ fetch: throws(new TypeError("fetch failed", { cause })) }));
  }
  const never: typeof fetch = (_, init) =>
    new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
  if (name === "headers never come") return endOf(provider({ fetch: never, silenceMs: 30 }));
  const said = bytes(transcript?.sse ?? "");
  return ask(name.startsWith("reset after headers") ? [] : [said.subarray(0, said.length >> 1)], it, reset());
}

describe("damaged answers of the Messages API", () => {
  if (loaded === undefined) it.skip("skipped: no cases", () => undefined);
  // A crash of the whole program and a run of several requests are the loop's.
  const ours = loaded?.cases.filter(
    (it) =>
      it.protocol === "anthropic-messages" && it.sequence === undefined && it.expect.outcome !== "crash",
  );
  for (const item of ours ?? []) {
    it(`${item.id}: ${item.title} ends as ${item.expect.outcome}`, () =>
      play(item, loaded?.transcripts[item.transcript ?? ""])).timeout(60_000);
  }
});
