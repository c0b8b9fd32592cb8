import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { verdictOf } from "../../src/model/budget.ts";
import type { Strategy } from "../../src/model/routing/configuration.ts";
import { STRATEGIES } from "../../src/model/routing/configuration.ts";
import { openPool, type Pool } from "../../src/model/routing/pool.ts";

const MANY = 1_000;

describe("a pool of a thousand keys", () => {
  for (const strategy of STRATEGIES)
    it(`lets each of them work by ${strategy}`, () => {
      const counts = countsOf(poolOf(strategy, []), 20 * MANY);
      assert.ok(counts.size > MANY * 0.95, `only ${counts.size} keys were asked`);
      assert.ok(Math.max(...counts.values()) < 60);
    });

  it("keeps to the weights, and never asks one that weighs nothing", () => {
    const weights = Array.from({ length: MANY }, (_, at) => (at < 500 ? 0 : at < 750 ? 1 : 3));
    const counts = countsOf(poolOf("weighted", weights), 20 * MANY);
    const sum = (from: number, to: number) =>
      [...counts].reduce((all, [id, it]) => (numberOf(id) > from && numberOf(id) <= to ? all + it : all), 0);
    assert.equal(sum(0, 500), 0);
    const ratio = sum(750, 1_000) / sum(500, 750);
    assert.ok(ratio > 2.5 && ratio < 3.5, `those that weigh three times as much were asked ${ratio} times`);
  });

  for (const strategy of STRATEGIES)
    it(`finds the only one that is open by ${strategy}`, () => {
      const pool = poolOf(strategy, []);
      const tried = new Set(pool.instances.slice(0, -1).map((it) => it.id));
      const taken = pool.take({ model: "m", session: "", tokens: () => 1 }, tried);
      assert.ok("instance" in taken && taken.instance.id === `vendor#${MANY}`);
    });
});

describe("a budget", () => {
  const NOTHING = { most: 0, exact: () => 0 };
  const calendar = { dayStart: 0, monthStart: 0 };
  const spender = { session: "", project: "", key: "" };
  const verdict = (spent: number, most: number, exact: () => number) =>
    verdictOf(
      { perDay: 10, warnAt: 0.8 },
      { spent: () => spent, underway: () => NOTHING },
      spender,
      { most, exact },
      calendar,
    );

  it("does not ask what a request costs exactly while the most it can cost is far from the limit", () => {
    assert.equal(verdict(1, 2, () => assert.fail("asked")).kind, "within");
  });

  it("asks exactly where the most would go over", () => {
    assert.equal(verdict(1, 100, () => 0.1).kind, "within");
    assert.equal(verdict(1, 100, () => 9.5).kind, "over");
  });

  it("warns by what is spent, not by what may be", () => {
    assert.equal(verdict(7.9, 2, () => 2).kind, "within");
    assert.equal(verdict(8, 1, () => 1).kind, "near");
    assert.equal(verdict(10, 0, () => 0).kind, "over");
  });
});

function poolOf(strategy: Strategy, weights: readonly number[]): Pool {
  let seed = 1;
  return openPool({
    provider: "vendor",
    labels: Array.from({ length: MANY }, (_, at) => `key ${at}`),
    weights,
    strategy,
    sticky: false,
    limits: {},
    now: () => 0,
    // A small generator of even numbers (Park and Miller, 1988).
    random: () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647,
    onChanged: () => undefined,
  });
}

function countsOf(pool: Pool, requests: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at < requests; at++) {
    const taken = pool.take({ model: "m", session: "", tokens: () => 1 }, new Set());
    if (!("instance" in taken)) return assert.fail(taken.reason);
    counts.set(taken.instance.id, (counts.get(taken.instance.id) ?? 0) + 1);
    taken.succeeded(100, 1);
  }
  return counts;
}

function numberOf(id: string): number {
  return Number(id.split("#")[1]);
}
