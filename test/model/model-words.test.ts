import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { modelWords, tokenWords } from "../../src/model/model-words.ts";
import type { ModelInfo } from "../../src/model/provider.ts";
import { HEALTHY } from "../../src/model/routing/health.ts";
import { healthWords, keysWords } from "../../src/model/routing/health-words.ts";

const rates = (input: number, output: number) => ({
  input,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  cacheRead: 0,
  output,
});
const model: ModelInfo = {
  id: "m",
  name: "M",
  contextWindow: 1_000_000,
  maxOutput: 1,
  efforts: [],
  images: false,
  rates: rates(2, 10),
};

describe("modelWords", () => {
  for (const [change, words] of [
    [{}, "$2 in, $10 out per M · 1M context"],
    [{ rates: rates(0, 0) }, "free · 1M context"],
    [{ rates: undefined, contextWindow: 0 }, "price unknown"],
    [{ note: "no thinking" }, "$2 in, $10 out per M · 1M context · no thinking"],
  ] as const) {
    it(`says "${words}"`, () => assert.equal(modelWords({ ...model, ...change }), words));
  }

  it("writes numbers of tokens short", () => {
    assert.deepEqual([8192, 200_000, 999_999, 1_500_000].map(tokenWords), ["8.2k", "200k", "1M", "1.5M"]);
  });
});

const NOON = new Date(2026, 10, 29, 12).getTime();
const MINUTE = 60_000;

describe("healthWords", () => {
  it("says until when a key cools, and why", () => {
    const health = {
      ...HEALTHY,
      state: "cooling",
      until: NOON + MINUTE,
      reason: "rate-limit: slow",
    } as const;
    assert.match(healthWords(health, NOON), /^cooling until 12:01.*, because rate-limit: slow$/);
    assert.equal(healthWords(health, NOON + MINUTE), "to be tried again, because rate-limit: slow");
  });

  it("names the date when it is another day's", () => {
    const health = { ...HEALTHY, state: "cooling", until: NOON + 24 * 60 * MINUTE } as const;
    assert.match(healthWords(health, NOON), /30/);
  });

  it("says why a key is disabled, and which models one has not got", () => {
    assert.equal(
      healthWords({ ...HEALTHY, state: "disabled", reason: "auth: no" }, NOON),
      "disabled, because auth: no",
    );
    const without = { a: NOON + MINUTE, b: NOON - MINUTE };
    assert.match(healthWords({ ...HEALTHY, without }, NOON), /^healthy, without a until 12:01[^,]*$/);
  });
});

describe("keysWords", () => {
  const ill = { health: { ...HEALTHY, state: "disabled", reason: "auth: no" } } as const;
  const well = { health: HEALTHY };

  it("says nothing of keys that are well", () => assert.equal(keysWords([well, well], NOON), ""));

  it("says how many are not, and what is wrong with the first of them", () => {
    assert.equal(keysWords([well, ill, ill], NOON), "2 of 3 keys not free: disabled, because auth: no");
    assert.equal(keysWords([ill], NOON), "its key is disabled, because auth: no");
  });
});
