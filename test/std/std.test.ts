import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { untilAborted } from "../../src/std/abort.ts";
import { crc32c } from "../../src/std/crc32c.ts";
import { locks } from "../../src/std/locks.ts";

describe("crc32c", () => {
  for (const [what, bytes, expected] of [
    ["nothing", [], 0],
    ["32 zeros", new Array(32).fill(0), 0x8a9136aa],
    ["32 ones", new Array(32).fill(0xff), 0x62a8ab43],
    ["32 bytes rising", Array.from({ length: 32 }, (_, at) => at), 0x46dd794e],
    ["the digits", [..."123456789"].map((it) => it.charCodeAt(0)), 0xe3069283],
  ] as const) {
    it(`of ${what} is as RFC 3720 says`, () => assert.equal(crc32c(Uint8Array.from(bytes)), expected));
  }

  it("is the remainder that one bit after the other leaves", () => {
    const bitwise = (bytes: Uint8Array) => {
      let crc = 0xffffffff;
      for (const byte of bytes) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
      }
      return ~crc >>> 0;
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (it) => assert.equal(crc32c(it), bitwise(it))));
  });

  it("changes with every single bit", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.nat(7), (bytes, place, bit) => {
        const other = bytes.with(place % bytes.length, (bytes[place % bytes.length] ?? 0) ^ (1 << bit));
        assert.notEqual(crc32c(other), crc32c(bytes));
      }),
    );
  });
});

describe("locks", () => {
  it("let works on one key run one after the other, in the order they came", async () => {
    const { hold } = locks();
    const order: number[] = [];
    const work = (at: number) => async () => {
      order.push(at);
      await new Promise(setImmediate);
      order.push(-at);
    };
    await Promise.all([1, 2, 3].map((it) => hold(["a"], work(it))));
    assert.deepEqual(order, [1, -1, 2, -2, 3, -3]);
  });

  it("let works on other keys run beside", async () => {
    const { hold } = locks();
    const gate = Promise.withResolvers<void>();
    const first = hold(["a"], () => gate.promise);
    await hold(["b"], async () => undefined);
    gate.resolve();
    await first;
  });

  it("pass a failure on and free its keys", async () => {
    const { hold } = locks();
    await assert.rejects(
      hold(["a"], () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(await hold(["a"], async () => 7), 7);
  });

  it("never let two works on a shared key overlap, and never stand still", async () => {
    const keys = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(fc.array(keys, { maxLength: 12 }), async (works) => {
        const { hold } = locks();
        const open = new Set<string>();
        const run = (mine: readonly string[]) => async () => {
          for (const key of mine) {
            assert.ok(!open.has(key));
            open.add(key);
          }
          await new Promise(setImmediate);
          for (const key of mine) open.delete(key);
        };
        await Promise.all(works.map((it) => hold(it, run(it))));
      }),
      { numRuns: 50 },
    );
  });
});

describe("untilAborted", () => {
  it("is the work, when nobody aborts", async () => {
    const { signal } = new AbortController();
    assert.equal(await untilAborted(Promise.resolve(1), signal), 1);
    await assert.rejects(untilAborted(Promise.reject(new Error("no")), signal), /no/);
  });

  it("rejects with the reason at once, before or during the work", async () => {
    const controller = new AbortController();
    const waiting = untilAborted(new Promise(() => undefined), controller.signal);
    controller.abort(new Error("enough"));
    await assert.rejects(waiting, /enough/);
    await assert.rejects(untilAborted(Promise.reject(new Error("late")), controller.signal), /enough/);
  });
});
