import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Failure } from "../../../src/model/failure.ts";
import {
  afterFailure,
  afterSuccess,
  HEALTHY,
  type HealthState,
  standing,
} from "../../../src/model/routing/health.ts";

const NOW = 1_000_000;
const fails = (failure: Partial<Failure>, before: HealthState = HEALTHY) =>
  afterFailure(before, { kind: "server", message: "", ...failure }, "m", NOW, 0);

describe("the health of a key", () => {
  for (const [what, failure, expected] of [
    ["a refused key is out until it is another", { kind: "auth" }, { until: Number.MAX_SAFE_INTEGER }],
    [
      "a limit holds as long as the vendor says",
      { kind: "rate-limit", retryAfterMs: 7_000 },
      { until: NOW + 7_000 },
    ],
    ["a limit without a time holds half a minute", { kind: "rate-limit" }, { until: NOW + 30_000 }],
    ["without credit it waits an hour", { kind: "credit" }, { until: NOW + 3_600_000 }],
    ["a model it has not got is another's", { kind: "model-unknown" }, { until: NOW + 3_600_000 }],
    ["a busy model is asked again soon", { kind: "overloaded" }, { until: NOW + 2_000 }],
    ["one slip of the server is none", { kind: "server" }, "free"],
    ["a wrong request says nothing of it", { kind: "invalid" }, "free"],
    ["Stop says nothing of it", { kind: "stopped" }, "free"],
    ["a request that is too long says nothing of it", { kind: "context-full" }, "free"],
  ] as const) {
    it(`${what}`, () => assert.deepEqual(standing(fails(failure), "m", NOW), expected));
  }

  it("cools after three failures in a row, each time longer, and an hour at most", () => {
    let health = HEALTHY;
    const waits: number[] = [];
    for (let count = 0; count < 30; count++) {
      health = fails({ kind: "network" }, health);
      waits.push(health.state === "cooling" ? health.until - NOW : 0);
    }
    assert.deepEqual(waits.slice(0, 5), [0, 0, 4_000, 8_000, 16_000]);
    assert.equal(waits.at(-1), 3_600_000);
  });

  it("may be tried once its time is over, and is as new after a success", () => {
    const cooling = fails({ kind: "rate-limit", retryAfterMs: 5_000 });
    assert.equal(standing(cooling, "m", NOW + 5_000), "trial");
    const again = afterSuccess(cooling, 20);
    assert.deepEqual([again.state, again.failures, again.reason], ["healthy", 0, ""]);
  });

  it("keeps serving its other models when one is missing or busy", () => {
    assert.equal(standing(fails({ kind: "model-unknown" }), "other", NOW), "free");
    assert.equal(standing(fails({ kind: "overloaded" }), "other", NOW), "free");
  });
});

describe("models that a key has not got", () => {
  const unknown: Failure = { kind: "model-unknown", message: "there is none" };

  it("are forgotten when their time is over, and are never more than some", () => {
    let health = afterFailure(HEALTHY, unknown, "first", NOW, 0);
    health = afterFailure(health, unknown, "second", NOW + 3_600_001, 0);
    assert.deepEqual(Object.keys(health.without), ["second"]);
    for (let at = 0; at < 2_000; at++) health = afterFailure(health, unknown, `m${at}`, NOW + 3_600_001, 0);
    assert.ok(Object.keys(health.without).length <= 500);
    assert.equal(typeof standing(health, "m1999", NOW + 3_600_002), "object");
  });
});
