import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NO_USAGE } from "../../src/model/conversation.ts";
import type { Attempt } from "../../src/model/ledger.ts";
import { openMetrics } from "../../src/node/metrics.ts";

const attempt: Attempt = {
  ...{ id: "", time: 0, client: "anthropic", session: "", user: "", project: "", category: "default" },
  ...{ provider: "vendor", key: "vendor#1", asked: "", model: "", usage: NO_USAGE, cost: 1 },
  ...{ costAsked: undefined, firstMs: 1, totalMs: 2, stop: "end_turn", failure: "", status: undefined },
  requestId: "",
};

describe("metrics of a gateway", () => {
  it("lose nothing and do not grow with every name of a model that clients think of", () => {
    const metrics = openMetrics();
    const ledger = metrics.counting({ record: () => undefined, spent: () => 0 });
    for (let at = 0; at < 5_000; at++) ledger.record({ ...attempt, model: `model-${at}` });
    ledger.record({ ...attempt, model: "x".repeat(10_000) });
    ledger.record({ ...attempt, model: "model-0" });
    const counted = [
      ...metrics.text([]).matchAll(/^wheelhouse_attempts_total\{.*model="([^"]*)".*\} (\d+)$/gm),
    ];
    const counts = new Map(counted.map(([, model, count]) => [model, Number(count)]));
    assert.ok(counts.size <= 1_000, `${counts.size}`);
    assert.equal(counts.get("model-0"), 2);
    assert.equal(
      [...counts.values()].reduce((sum, it) => sum + it, 0),
      5_002,
    );
  });
});
