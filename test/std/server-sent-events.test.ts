import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, it } from "mocha";
import { eventReader, type ServerSentEvent } from "../../src/std/server-sent-events.ts";

const line = fc
  .string({ unit: "grapheme", maxLength: 12 })
  .map((it) => it.toWellFormed().replace(/[\r\n]/g, ""));
const event = fc.record({ event: line, data: fc.array(line, { minLength: 1, maxLength: 3 }) });
const ending = fc.constantFrom("\n", "\r\n", "\r");
const noise = fc.constantFrom("", ": comment", "id: 7", "retry: 10", "strange", "data-x: no", ":");

/** Events as a server may write them. */
const stream: fc.Arbitrary<Written> = fc.record({
  events: fc.array(event, { maxLength: 6 }),
  end: ending,
  noise,
  space: fc.boolean(),
});

interface Written {
  readonly events: readonly { readonly event: string; readonly data: readonly string[] }[];
  readonly end: string;
  readonly noise: string;
  readonly space: boolean;
}

function written({ events, end, noise, space }: Written): string {
  const colon = space ? ": " : ":";
  return events
    .map(({ event, data }) => {
      // A space behind the colon is no part of the value, so one of its own needs another before it.
      const field = (name: string, value: string) =>
        `${name}${colon}${space ? "" : value.startsWith(" ") ? " " : ""}${value}${end}`;
      const first = noise === "" ? "" : noise + end;
      return `${first}${event === "" ? "" : field("event", event)}${data.map((it) => field("data", it)).join("")}${end}`;
    })
    .join("");
}

function readAll(bytes: Uint8Array, places: readonly number[]): readonly ServerSentEvent[] {
  const reader = eventReader();
  const ends = [...new Set(places.map((it) => it % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...ends].flatMap((from, index) =>
    reader.take(bytes.subarray(from, ends[index] ?? bytes.length)),
  );
}

describe("a reader of server-sent events", () => {
  it("reads what was written, however it is written and cut", () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(300), { maxLength: 40 }), (it, places) => {
        // A carriage return at the very end may be the first half of a pair.
        const text = written(it) + (it.end === "\r" ? ":" : "");
        const expected = it.events.map(({ event, data }) => ({ event, data: data.join("\n") }));
        assert.deepEqual(readAll(Buffer.from(text), places), expected);
      }),
      { numRuns: 500 },
    );
  });

  it("reads the same from single bytes as from the whole", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("d", "data:", " ", "\n", "\r", ":", "é", "x", "event:") }),
        (text) => {
          const bytes = Buffer.from(text);
          assert.deepEqual(
            readAll(bytes, bytes.map((_, at) => at) as unknown as number[]),
            readAll(bytes, []),
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("drops what is not ended, and says that something stands there", () => {
    const reader = eventReader();
    assert.ok(reader.isBetweenEvents());
    assert.deepEqual(reader.take(Buffer.from("event: a\ndata: 1\n")), []);
    assert.ok(!reader.isBetweenEvents());
    assert.deepEqual(reader.take(Buffer.from("\n")), [{ event: "a", data: "1" }]);
    assert.ok(reader.isBetweenEvents());
    reader.take(Buffer.from("da"));
    assert.ok(!reader.isBetweenEvents());
    assert.equal(reader.rest(), "da");
  });

  it("leaves out the mark of the encoding at the beginning", () => {
    assert.deepEqual(readAll(Buffer.from("\ufeffdata: 1\n\n"), []), [{ event: "", data: "1" }]);
  });

  it("refuses an event without end instead of keeping all of it", () => {
    for (const line of ["x", "data: x\n"]) {
      const reader = eventReader();
      const piece = Buffer.alloc(8 * 1024 * 1024, line);
      assert.throws(() => {
        for (let it = 0; it < 24; it++) reader.take(piece);
      }, RangeError);
    }
    // Hundreds of megabytes, on a machine that does other things besides.
  }).timeout(120_000);
});
