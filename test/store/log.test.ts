import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { EventBody, SessionEvent } from "../../src/agent/events.ts";
import { frame, readLog } from "../../src/agent/log.ts";
import { learn, NO_MEMORY } from "../../src/agent/memory.ts";
import { crc32c } from "../../src/std/crc32c.ts";
import { answered, asked, called, numbered, opened, rested, said, started } from "../agent/events.ts";
import { call } from "../support/scripted-model.ts";

/** Events as they come back: what is undefined is not written. */
const EVENTS: readonly SessionEvent[] = JSON.parse(
  JSON.stringify(
    numbered([
      opened,
      asked("fix it — 修正 👩‍💻\u2028"),
      started,
      said([call("Read", { file_path: "a b  c.ts" }, "c1")]),
      called("c1"),
      answered("c1", { content: "line\nline\n00000005 00000000 fake\n" }),
      said("done"),
      rested(),
    ]),
  ),
);

function bytesOf(events: readonly SessionEvent[]): Uint8Array {
  return Buffer.concat(events.map(frame));
}

/** Where each record lies. */
const PLACES = EVENTS.map((event, at) => {
  const from = bytesOf(EVENTS.slice(0, at)).length;
  return { event, from, to: from + frame(event).length };
});

describe("a log", () => {
  it("reads back what was written", () => {
    const { events, goodLength, damage } = readLog(bytesOf(EVENTS));
    assert.deepEqual(events, EVENTS);
    assert.deepEqual([goodLength, damage], [bytesOf(EVENTS).length, []]);
  });

  it("reads back any event", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (texts) => {
        const events = numbered(texts.map((it): EventBody => ({ type: "noted", text: it })));
        const clean = JSON.parse(JSON.stringify(events));
        assert.deepEqual(readLog(bytesOf(events)).events, clean);
      }),
    );
  });

  it("reads back many events, few of which are beyond ASCII", () => {
    const texts = Array.from({ length: 400 }, (_, at) =>
      at % 97 === 0 ? `${at} → é` : `number ${at} of many`,
    );
    const events = numbered(texts.map((text): EventBody => ({ type: "noted", text })));
    assert.deepEqual(readLog(bytesOf(events)).events, events);
  });

  it("takes a record for damage that is no UTF-8, though its checksum is right", () => {
    const json = Buffer.from('{"n":2,"at":1,"type":"noted","text":"?"}');
    json[json.indexOf("?")] = 0xff;
    const head = [json.length, crc32c(json)].map((it) => it.toString(16).padStart(8, "0")).join(" ");
    const [first, last] = [EVENTS.slice(0, 1), EVENTS.slice(1, 2)].map(bytesOf);
    const bytes = Buffer.concat(
      [first ?? [], Buffer.from(`${head} `), json, Buffer.from("\n"), last ?? []].map((it) =>
        Buffer.from(it),
      ),
    );
    assert.deepEqual(readLog(bytes).events, EVENTS.slice(0, 2));
    assert.equal(readLog(bytes).damage.length, 1);
  });

  it("is good up to the last whole record, wherever it is cut", () => {
    const bytes = bytesOf(EVENTS);
    for (let length = 0; length <= bytes.length; length++) {
      const { events, goodLength } = readLog(bytes.subarray(0, length));
      const whole = PLACES.filter((it) => it.to <= length);
      assert.deepEqual([events.length, goodLength], [whole.length, whole.at(-1)?.to ?? 0]);
    }
  });

  it("keeps a type of a newer version and counts it", () => {
    const newer = { n: 9, at: 1, type: "dreamt", of: "sheep" } as unknown as SessionEvent;
    const { events } = readLog(bytesOf([...EVENTS, newer]));
    assert.deepEqual(events.at(-1), newer);
    assert.equal(events.reduce(learn, NO_MEMORY).state.unknownEvents, 1);
  });

  it("takes no line for a record whose checksum is right and which is none of ours", () => {
    const alien = Buffer.from(frame({ n: 1, at: 1 } as unknown as SessionEvent));
    assert.deepEqual(readLog(alien).events, []);
  });

  it("tells where the middle is damaged and reads on behind it", () => {
    const bytes = bytesOf(EVENTS);
    const [, second, third] = PLACES;
    bytes.fill(0, (second?.from ?? 0) + 20, (second?.from ?? 0) + 24);
    const { events, damage } = readLog(bytes);
    assert.deepEqual(
      events.map((it) => it.n),
      [1, 3, 4, 5, 6, 7, 8],
    );
    assert.deepEqual(damage, [{ from: second?.from, to: third?.from }]);
  });
});

type Damage =
  | { readonly kind: "flip"; readonly at: number; readonly bit: number }
  | { readonly kind: "delete"; readonly at: number; readonly length: number }
  | { readonly kind: "insert"; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: "blank"; readonly at: number; readonly length: number }
  | { readonly kind: "truncate"; readonly at: number };

const LENGTH = bytesOf(EVENTS).length;
const at = fc.nat(LENGTH - 1);
const length = fc.integer({ min: 1, max: 200 });
const damages: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constant("flip" as const), at, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant("delete" as const), at, length }),
  fc.record({
    kind: fc.constant("insert" as const),
    at,
    bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  }),
  fc.record({ kind: fc.constant("blank" as const), at, length }),
  fc.record({ kind: fc.constant("truncate" as const), at }),
);

/** The damaged bytes, and the stretch of the original they differ in. */
function damaged(what: Damage): { readonly bytes: Uint8Array; readonly from: number; readonly to: number } {
  const bytes = Buffer.from(bytesOf(EVENTS));
  const { at: from } = what;
  switch (what.kind) {
    case "flip":
      bytes[from] = (bytes[from] ?? 0) ^ (1 << what.bit);
      return { bytes, from, to: from + 1 };
    case "delete":
      return {
        bytes: Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + what.length)]),
        from,
        to: from + what.length,
      };
    case "insert":
      return {
        bytes: Buffer.concat([bytes.subarray(0, from), what.bytes, bytes.subarray(from)]),
        from,
        to: from,
      };
    case "blank":
      return {
        bytes: bytes.fill(0, from, Math.min(LENGTH, from + what.length)),
        from,
        to: from + what.length,
      };
    case "truncate":
      return { bytes: bytes.subarray(0, from), from, to: LENGTH };
  }
}

describe("a damaged log", () => {
  it("loses no record but those the damage lies in", () => {
    fc.assert(
      fc.property(damages, (what) => {
        const { bytes, from, to } = damaged(what);
        const { events } = readLog(bytes);
        const hit = (it: { from: number; to: number }) =>
          it.from < Math.max(to, from + 1) && from < it.to && !(from === to && from === it.from);
        const safe = PLACES.filter((it) => !hit(it)).map((it) => it.event.n);
        const read = events.map((it) => it.n);
        assert.ok(
          safe.every((n) => read.includes(n)),
          `${JSON.stringify(what)}: ${read} of ${safe}`,
        );
        assert.ok(events.every((it) => JSON.stringify(it) === JSON.stringify(EVENTS[it.n - 1])));
      }),
      { numRuns: 5000 },
    );
  });

  it("never makes reading or folding throw, however much is damaged", () => {
    fc.assert(
      fc.property(fc.array(damages, { maxLength: 8 }), fc.uint8Array({ maxLength: 300 }), (many, noise) => {
        const bytes = many.reduce<Uint8Array>(
          (all, what) => Buffer.concat([all, damaged(what).bytes]),
          noise,
        );
        const { events, goodLength, damage } = readLog(bytes);
        events.reduce(learn, NO_MEMORY);
        assert.ok(goodLength <= bytes.length && damage.every((it) => it.from < it.to && it.to <= goodLength));
      }),
      { numRuns: 1000 },
    );
  });
});
