import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ModelInfo, Provider, ProviderType } from "../../src/model/provider.ts";
import { providerTypes } from "../../src/model/providers/all.ts";
import type { OpenedProvider } from "../../src/model/routing/candidates.ts";
import { untilAborted } from "../../src/std/abort.ts";
import { endOf, request } from "../support/messages-requests.ts";
import { openedProvider, routerOf } from "../support/opened.ts";

const info = (id: string): ModelInfo => ({
  id,
  name: id,
  contextWindow: 1,
  maxOutput: 1,
  efforts: [],
  images: false,
  rates: undefined,
});

/** A provider that fails with its own name, claims models by a prefix and serves the given ones. */
function opened(name: string, prefix: string, models: readonly string[] = []): OpenedProvider {
  const provider: Provider = {
    name,
    models: async () => [info(`${prefix}listed`)],
    ask: async function* () {
      yield {
        type: "failed",
        failure: { kind: "server", message: name },
        text: "",
        usage: { input: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0, output: 0 },
      };
    },
  };
  const type: ProviderType = {
    type: name,
    infoOf: () => undefined,
    claims: (model) => model.startsWith(prefix),
    open: () => provider,
  };
  return openedProvider(type, [provider], { models: models.map((id) => ({ id })) });
}

const router = routerOf([opened("one", "a-"), opened("two", "a-", ["a-special"]), opened("three", "b-")]);

async function servedBy(model: string): Promise<string> {
  const end = await endOf({ name: "", models: router.models, ask: router.ask }, request({ model }));
  return end.type === "failed" ? `${end.failure.kind} ${end.failure.message}` : "";
}

describe("the router", () => {
  it("goes to the provider that names the model, before those that claim it", async () => {
    assert.equal(await servedBy("a-special"), "server two");
    assert.equal(router.providerOf("a-special"), "two");
  });

  it("goes to the first whose type claims the model", async () => {
    assert.equal(await servedBy("a-other"), "server one");
    assert.equal(await servedBy("b-x"), "server three");
  });

  it("fails for a model that nobody serves", async () => {
    assert.match(await servedBy("c"), /^model-unknown .*"c"/);
    assert.equal(router.providerOf("c"), "");
  });

  it("knows the models of a type's own table without asking anybody", () => {
    const setup = { key: async () => undefined, baseUrl: undefined, fetch, silenceMs: 1000 };
    const real = routerOf(providerTypes.map((type) => openedProvider(type, [type.open(setup)])));
    assert.equal(real.infoOf("claude-opus-5")?.maxOutput, 128_000);
    assert.equal(real.infoOf("offline")?.rates?.output, 0);
  });

  it("knows listed models once they were listed", async () => {
    await router.models(new AbortController().signal);
    assert.equal(router.infoOf("b-listed")?.id, "b-listed");
    assert.equal(router.infoOf("c"), undefined);
  });

  it("opens every type of the shelf, each under a name of its own", () => {
    assert.equal(new Set(providerTypes.map((it) => it.type)).size, providerTypes.length);
    assert.ok(providerTypes.some((it) => it.claims("claude-sonnet-5-5")));
  });
});

describe("the list of all models", () => {
  const never = new Promise<never>(() => undefined);
  const named = (it: OpenedProvider, models: Provider["models"], known: readonly ModelInfo[] = []) => {
    const type = { ...it.type, known };
    const provider = { name: it.setting.name, models, ask: it.ways[0]?.provider.ask ?? it.type.open };
    return openedProvider(type, [provider as Provider], it.setting);
  };
  const good = opened("good", "g-");
  const idsOf = (models: readonly ModelInfo[]) => models.map((it) => it.id);

  for (const [what, models, said] of [
    ["never answers, whatever it is told", () => never, /"slow" .*within 0\.02 s/],
    [
      "stops when it is told to",
      (signal: AbortSignal) => untilAborted(never, signal),
      /"slow" .*within 0\.02 s/,
    ],
    [
      "fails in a way that nobody has thought of",
      async () => Promise.reject(new Error("odd")),
      /"slow".*odd/,
    ],
  ] as const) {
    it(`has the others where one vendor ${what}, and says so once`, async () => {
      const told: string[] = [];
      const slow = named(opened("slow", "s-"), models, [info("s-known")]);
      const late = named(opened("named", "n-", ["n-set"]), models);
      const all = routerOf([slow, good, late], { listMs: 20, unlisted: (it) => void told.push(it) });
      const expected = ["s-known", "g-listed", "n-set"];
      for (let it = 0; it < 2; it++)
        assert.deepEqual(idsOf(await all.models(AbortSignal.timeout(20_000))), expected);
      assert.equal(told.length, 2, told.join());
      assert.match(told[0] ?? "", said);
    });
  }

  it("has them, too, where whoever asks has less time", async () => {
    const it = routerOf([named(opened("slow", "s-"), () => never), good]);
    assert.deepEqual(idsOf(await it.models(AbortSignal.timeout(20))), ["g-listed"]);
  });

  it("is given up when whoever asks stops", async () => {
    const stop = new AbortController();
    const asked = routerOf([named(opened("slow", "s-"), () => never), good]).models(stop.signal);
    stop.abort(new Error("stopped"));
    await assert.rejects(asked, /stopped/);
  });
});
