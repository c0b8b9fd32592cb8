import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { catalogued } from "../../src/model/catalog.ts";
import { NO_USAGE } from "../../src/model/conversation.ts";
import { costOf } from "../../src/model/price.ts";

const M = 1_000_000;
const cost = (model: string, usage: Partial<typeof NO_USAGE>) =>
  costOf({ ...NO_USAGE, ...usage }, catalogued(model)?.info);

describe("costOf", () => {
  for (const [model, usage, dollars] of [
    ["claude-sonnet-5-5", { input: M }, 2],
    ["claude-sonnet-5-5", { cacheWrite5m: M }, 2.5],
    ["claude-sonnet-5-5", { cacheWrite1h: M }, 4],
    ["claude-sonnet-5-5", { cacheRead: M }, 0.1],
    ["claude-sonnet-5-5", { output: M }, 10],
    ["claude-opus-5-5", { input: M, output: M, cacheRead: M }, 24.2],
    ["claude-fable-5-2", { cacheRead: M }, 0.2],
    ["claude-haiku-4-5-20251001", { output: M }, 5],
    ["claude-haiku-5-5", { input: 100_000 }, 0.01],
    ["claude-haiku-5-5", { input: 1, cacheRead: 100_000 }, 0.0050005],
    ["claude-haiku-5-5", { input: 50_000, cacheWrite5m: 60_000, output: 1000 }, 0.025 + 0.0375 + 0.0025],
  ] as const) {
    it(`prices ${JSON.stringify(usage)} of ${model} at ${dollars}`, () =>
      assert.ok(Math.abs((cost(model, usage) ?? Number.NaN) - dollars) < 1e-9, String(cost(model, usage))));
  }

  it("does not know a price that nobody published", () => {
    assert.equal(cost("claude-mythos-preview", { input: 1 }), undefined);
    assert.equal(cost("claude-nope", { input: 1 }), undefined);
  });
});
