import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NO_USAGE } from "../../src/model/conversation.ts";
import type { ModelEvent, Provider } from "../../src/model/provider.ts";
import { anthropic } from "../../src/model/providers/anthropic.ts";
import { offline } from "../../src/model/providers/offline.ts";
import { tryKey } from "../../src/node/try-key.ts";
import { openedProvider } from "../support/opened.ts";

const signal = new AbortController().signal;

/** A provider of Claude whose second key is disabled, and whose models end an answer like that. */
function opened(end: ModelEvent, type = anthropic) {
  const provider: Provider = {
    name: "main",
    models: async () => [],
    async *ask() {
      yield end;
    },
  };
  const models = [{ id: "claude-opus-5-5" }];
  const it = openedProvider(type, [provider, provider], { models, baseUrl: "http://api.test" });
  for (const tried of [new Set<string>(), new Set([`${type.type}#1`])]) {
    const taken = it.pool.take({ model: "m", session: "", tokens: () => 0 }, tried);
    if ("instance" in taken) taken.failed({ kind: "auth", message: "wrong" }, 0);
  }
  return { it, states: () => it.pool.instances.map(({ health }) => health.state) };
}

const FAILED: ModelEvent = {
  type: "failed",
  failure: { kind: "credit", message: "no money" },
  text: "",
  usage: NO_USAGE,
};
const answer = {
  id: "",
  model: "m",
  content: [],
  stop: "max_tokens",
  usage: NO_USAGE,
  badCalls: [],
} as const;
const DONE: ModelEvent = { type: "done", answer };

/** A vendor that answers each request with this. */
function vendor(status: number, body: unknown) {
  const asked: { readonly url: string; readonly headers: Headers }[] = [];
  const send: typeof fetch = async (url, init) => {
    asked.push({ url: String(url), headers: new Headers(init?.headers) });
    return new Response(JSON.stringify(body), { status });
  };
  return { send, asked };
}

describe("trying a key", () => {
  it("asks for the list of models with that very key, and takes just it back in", async () => {
    const { it, states } = opened(FAILED);
    const { send, asked } = vendor(200, {
      data: [{ id: "claude-opus-5-5", type: "model", display_name: "Opus" }],
    });
    const tried = await tryKey(it, "anthropic#2", send, signal);
    assert.deepEqual(tried, { isGood: true, words: "It works: 1 model is listed." });
    assert.equal(asked[0]?.url, "http://api.test/v1/models?limit=1000");
    assert.match(`${asked[0]?.headers.get("x-api-key")}${asked[0]?.headers.get("authorization")}`, /key 1/);
    assert.equal(asked[0]?.headers.get("anthropic-version"), "2023-06-01");
    assert.deepEqual(states(), ["disabled", "healthy"]);
  });

  it("says what the vendor says of a key it refuses, and leaves it out", async () => {
    const { it, states } = opened(DONE);
    const error = { type: "authentication_error", message: "invalid x-api-key" };
    const { send } = vendor(401, { type: "error", error });
    const tried = await tryKey(it, "anthropic#1", send, signal);
    assert.equal(tried.isGood, false);
    assert.match(tried.words, /refused as wrong.*invalid x-api-key/);
    assert.deepEqual(states(), ["disabled", "disabled"]);
  });

  it("asks for a few tokens where there is no list", async () => {
    const { it, states } = opened(DONE);
    const tried = await tryKey(it, "anthropic#1", vendor(404, {}).send, signal);
    assert.deepEqual(tried, { isGood: true, words: "It works: claude-opus-5-5 has answered." });
    assert.deepEqual(states(), ["healthy", "disabled"]);
    const failed = await tryKey(opened(FAILED).it, "anthropic#1", vendor(404, {}).send, signal);
    assert.match(failed.words, /no money/);
  });

  it("says that nothing came in time, and what the network says", async () => {
    const send: typeof fetch = async () => {
      throw new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNREFUSED" }) });
    };
    const { words } = await tryKey(opened(DONE).it, "anthropic#1", send, signal);
    assert.doesNotMatch(words, /in time/);
    const late = await tryKey(opened(DONE).it, "anthropic#1", send, AbortSignal.abort());
    assert.match(late.words, /in time/);
  });

  it("asks a model of a type that has no vendor", async () => {
    const tried = await tryKey(opened(DONE, offline).it, "offline#1", vendor(500, {}).send, signal);
    assert.equal(tried.isGood, true);
    assert.match((await tryKey(opened(DONE).it, "gone#9", fetch, signal)).words, /no key gone#9/);
  });
});
