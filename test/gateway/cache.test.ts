import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { memoryCache } from "../../src/gateway/cache.ts";
import { keptAnswer, keptText } from "../../src/gateway/kept-answer.ts";

describe("a cache in memory", () => {
  it("gives back what was put last, for its time, and never has more than it may", async () => {
    const key = fc.constantFrom("a", "b", "c", "d", "e");
    const step = fc.oneof(
      fc.record({ kind: fc.constant("put" as const), key, size: fc.nat(600), ageMs: fc.nat(50) }),
      fc.record({ kind: fc.constant("get" as const), key }),
      fc.record({ kind: fc.constant("wait" as const), ms: fc.nat(30) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 100 }), async (steps) => {
        let now = 1_000;
        const cache = memoryCache(1_000, () => now);
        const put = new Map<string, { readonly text: string; readonly until: number }>();
        for (const [index, it] of steps.entries()) {
          if (it.kind === "wait") now += it.ms;
          else if (it.kind === "put") {
            const text = String(index).padEnd(it.size, "x");
            cache.put(it.key, text, it.ageMs);
            put.set(it.key, { text, until: now + it.ageMs });
          } else {
            const got = await cache.get(it.key);
            const last = put.get(it.key);
            if (got !== undefined) assert.ok(last?.text === got && last.until > now);
          }
        }
        const all = await Promise.all(["a", "b", "c", "d", "e"].map((it) => cache.get(it)));
        assert.ok(all.join("").length <= 1_000);
      }),
    );
  });

  it("lets go of what was not asked for longest", async () => {
    const cache = memoryCache(1_000, () => 0);
    for (const it of ["a", "b", "c"]) cache.put(it, "x".repeat(200), 10);
    await cache.get("a");
    cache.put("d", "x".repeat(200), 10);
    const kept = await Promise.all(["a", "b", "c", "d"].map((it) => cache.get(it)));
    assert.deepEqual(
      kept.map((it) => it !== undefined),
      [true, false, true, true],
    );
  });

  it("keeps nothing that is larger than it, and forgets what that replaces", async () => {
    const cache = memoryCache(1_000, () => 0);
    cache.put("a", "small", 10);
    cache.put("a", "x".repeat(2_000), 10);
    assert.equal(await cache.get("a"), undefined);
  });
});

describe("an answer that is kept", () => {
  const answer = { type: "application/json", body: '{"a":"ü🦊"}', stop: "end_turn", cost: 0.5, made: 7 };

  it("comes back as it was", () => {
    assert.deepEqual(keptAnswer(keptText(answer)), answer);
    assert.deepEqual(keptAnswer(keptText({ ...answer, cost: undefined })), { ...answer, cost: undefined });
  });

  for (const [what, text] of [
    ["no JSON", "{"],
    ["another version", keptText(answer).replace('"version":1', '"version":2')],
    ["no object", "[1]"],
    ["without a body", keptText({ ...answer, body: "" })],
    ["a type that would be two headers", keptText({ ...answer, type: "text/plain\r\nset-cookie: a=b" })],
    ["a time that is none", keptText({ ...answer, made: Number.NaN })],
  ] as const)
    it(`is none when a cache holds ${what}`, () => {
      assert.equal(keptAnswer(text), undefined);
    });
});
