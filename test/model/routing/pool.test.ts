import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { Failure } from "../../../src/model/failure.ts";
import { STRATEGIES, type Strategy } from "../../../src/model/routing/configuration.ts";
import { openPool, type Pool, type Taken } from "../../../src/model/routing/pool.ts";

let clock = 0;
const NONE: ReadonlySet<string> = new Set();

function poolOf(keys: number, more: Partial<Parameters<typeof openPool>[0]> = {}): Pool {
  return openPool({
    provider: "p",
    labels: Array.from({ length: keys }, (_, it) => `key ${it}`),
    weights: [],
    strategy: "round_robin",
    sticky: false,
    limits: {},
    now: () => clock,
    random: () => 0,
    onChanged: () => undefined,
    ...more,
  });
}

function take(pool: Pool, session = "", tried = NONE): Taken | undefined {
  const taken = pool.take({ model: "m", session, tokens: () => 1 }, tried);
  return "instance" in taken ? taken : undefined;
}

/** How often each instance serves so many requests, all of which go well. */
function served(pool: Pool, times: number): readonly number[] {
  const counts = pool.instances.map(() => 0);
  for (let it = 0; it < times; it++) {
    const taken = take(pool);
    assert.ok(taken);
    const index = pool.instances.indexOf(taken.instance);
    counts[index] = (counts[index] ?? 0) + 1;
    taken.succeeded(100, 1);
  }
  return counts;
}

const failure = (kind: Failure["kind"]): Failure => ({ kind, message: "scripted" });

describe("the strategies of a pool", () => {
  it("round_robin asks each key as often as every other, but for one, at any time", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(200), (keys, times) => {
        const counts = served(poolOf(keys), times);
        assert.ok(Math.max(...counts) - Math.min(...counts) <= 1);
      }),
    );
  });

  it("round_robin is even over the keys that are left", () => {
    const pool = poolOf(5);
    take(pool)?.failed(failure("auth"), 0);
    const counts = served(pool, 400);
    assert.equal(counts[0], 0);
    assert.ok(Math.max(...counts.slice(1)) - Math.min(...counts.slice(1)) <= 1, counts.join());
  });

  it("weighted keeps to the weights within 2 %", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }), (weights) => {
        const total = weights.reduce((sum, it) => sum + it, 0);
        const counts = served(poolOf(weights.length, { strategy: "weighted", weights }), 10_000);
        for (const [index, weight] of weights.entries()) {
          const expected = (10_000 * weight) / total;
          assert.ok(Math.abs((counts[index] ?? 0) - expected) <= Math.max(1, expected * 0.02), counts.join());
        }
      }),
      { numRuns: 20 },
    );
  });

  it("weighted never asks a key of weight 0", () => {
    assert.deepEqual(served(poolOf(2, { strategy: "weighted", weights: [0, 1] }), 50), [0, 50]);
  });

  it("weighted comes back to its weights when a key that was out returns", () => {
    clock = 0;
    const pool = poolOf(2, { strategy: "weighted", weights: [1, 1] });
    take(pool)?.failed({ ...failure("rate-limit"), retryAfterMs: 1_000 }, 0);
    served(pool, 500);
    clock = 2_000;
    const counts = served(pool, 100);
    assert.ok(Math.abs((counts[0] ?? 0) - 50) <= 1, counts.join());
  });

  for (const strategy of ["health_best", "smart"] as const)
    it(`${strategy} goes to the key that fails least, and takes turns among equals`, () => {
      const pool = poolOf(3, { strategy });
      const [first] = pool.instances;
      assert.ok(first);
      first.health = { ...first.health, failureRate: 0.5 };
      const counts = served(pool, 100);
      assert.equal(counts[0], 0);
      assert.ok((counts[1] ?? 0) >= 49 && (counts[2] ?? 0) >= 49, counts.join());
    });

  it("every strategy finds a key when there is one, and none when there is none", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Strategy>(...STRATEGIES),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
        fc.nat(20),
        (strategy, isOut, turns) => {
          const pool = poolOf(isOut.length, { strategy });
          served(pool, turns);
          for (const [index, it] of pool.instances.entries())
            if (isOut[index]) it.health = { ...it.health, state: "disabled", until: Number.MAX_SAFE_INTEGER };
          const taken = take(pool);
          assert.equal(
            taken === undefined,
            isOut.every((it) => it),
          );
          assert.ok(taken === undefined || taken.instance.health.state === "healthy");
        },
      ),
    );
  });
});

type Step =
  | { readonly do: "take" }
  | { readonly do: "end"; readonly at: number; readonly kind: Failure["kind"] | "" }
  | { readonly do: "wait"; readonly ms: number };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.constant<Step>({ do: "take" }),
    fc.record({
      do: fc.constant("end" as const),
      at: fc.nat(50),
      kind: fc.constantFrom<Failure["kind"] | "">(
        "",
        "auth",
        "rate-limit",
        "server",
        "credit",
        "stopped",
        "overloaded",
        "invalid",
      ),
    }),
    fc.record({ do: fc.constant("wait" as const), ms: fc.nat(120_000) }),
  ),
  { maxLength: 120 },
);

describe("a pool, whatever happens", () => {
  it("asks no key that is out, tries one that may be back by one request, and counts what is under way", () => {
    fc.assert(
      fc.property(fc.constantFrom<Strategy>(...STRATEGIES), steps, (strategy, all) => {
        clock = 1;
        const pool = poolOf(3, { strategy });
        const open: { readonly taken: Taken; readonly isTrial: boolean }[] = [];
        for (const step of all) {
          if (step.do === "wait") clock += step.ms;
          else if (step.do === "take") {
            const states = pool.instances.map((it) => it.health);
            const taken = take(pool);
            if (taken === undefined) continue;
            const before = states[pool.instances.indexOf(taken.instance)];
            assert.ok(before && before.state !== "disabled");
            assert.ok(before.state === "healthy" || before.until <= clock);
            const isTrial = before.state === "cooling";
            assert.ok(!isTrial || !open.some((it) => it.isTrial && it.taken.instance === taken.instance));
            open.push({ taken, isTrial });
          } else if (open.length > 0) {
            const [{ taken } = { taken: undefined }] = open.splice(step.at % open.length, 1);
            if (step.kind === "") taken?.succeeded(10, 1);
            else taken?.failed(failure(step.kind), 0);
            taken?.failed(failure("auth"), 0);
          }
          for (const it of pool.instances)
            assert.equal(it.inFlight, open.filter(({ taken }) => taken.instance === it).length);
        }
      }),
    );
  });

  it("keeps a session on its key for as long as that one is there", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Strategy>(...STRATEGIES),
        fc.array(fc.nat(9), { maxLength: 60 }),
        (strategy, sessions) => {
          const pool = poolOf(4, { strategy, sticky: true });
          const homes = new Map<number, unknown>();
          for (const session of sessions) {
            const taken = take(pool, `s${session}`);
            assert.equal(taken?.instance, homes.get(session) ?? taken?.instance);
            homes.set(session, taken?.instance);
            taken?.succeeded(1, 1);
          }
        },
      ),
    );
  });

  it("says the shortest wait of all keys, and none where only the settings help", () => {
    clock = 0;
    const pool = poolOf(3);
    take(pool)?.failed(failure("auth"), 0);
    take(pool)?.failed({ ...failure("rate-limit"), retryAfterMs: 5_000 }, 0);
    take(pool)?.failed({ ...failure("rate-limit"), retryAfterMs: 3_000 }, 0);
    const none = pool.take({ model: "m", session: "", tokens: () => 1 }, NONE);
    assert.ok("reason" in none);
    assert.equal(none.waitMs, 3_000);
    for (const it of pool.instances)
      it.health = { ...it.health, state: "disabled", until: Number.MAX_SAFE_INTEGER };
    const now = pool.take({ model: "m", session: "", tokens: () => 1 }, NONE);
    assert.ok("reason" in now);
    assert.equal(now.waitMs, undefined);
  });
});
