import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { readToolInput } from "../../src/model/tool-input.ts";

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

describe("readToolInput", () => {
  for (const [what, raw, why] of [
    ["half a string", '{"path":"a.ts', /not valid JSON/],
    ["half an object", '{"path":"a.ts","content":', /not valid JSON/],
    ["two values", '{"a":1}{"a":2}', /not valid JSON/],
    ["a string", '"ls"', /not a JSON object/],
    ["a list", "[1]", /not a JSON object/],
    ["null", "null", /not a JSON object/],
    ["a key twice", '{"path":"a","path":"b"}', /"path" twice/],
    ["a key twice, once escaped", '{"path":"a","p\\u0061th":"b"}', /"path" twice/],
    ["a key twice further in", '{"a":[{"b":1, "c":"}", "b" : 2}]}', /"b" twice/],
    ["5,000 levels", nested(5000), /nested 5000 levels/],
    ["200,000 open brackets", "[".repeat(200_000), /nested/],
  ] as const) {
    it(`refuses ${what}`, () => {
      const read = readToolInput(raw);
      assert.ok(read.kind === "bad");
      assert.match(read.why, why);
    });
  }

  for (const [what, raw, input] of [
    ["no text as no arguments", "", {}],
    ["equal keys of different objects", '{"a":{"x":1},"b":{"x":2}}', { a: { x: 1 }, b: { x: 2 } }],
    ["keys that only look alike in values", '{"a":"a","b":"\\"a\\":"}', { a: "a", b: '"a":' }],
    ["a hundred levels", nested(100), JSON.parse(nested(100))],
  ] as const) {
    it(`takes ${what}`, () => assert.deepEqual(readToolInput(raw), { kind: "input", input }));
  }

  it("takes every object that JSON can write, as it was", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 6 })), (value) => {
        const raw = JSON.stringify(value);
        assert.deepEqual(readToolInput(raw), { kind: "input", input: JSON.parse(raw) });
      }),
    );
  });

  it("takes no proper beginning of an object", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 }),
        fc.nat(),
        (value, cut) => {
          const raw = JSON.stringify(value);
          assert.equal(readToolInput(raw.slice(0, 1 + (cut % (raw.length - 1)))).kind, "bad");
        },
      ),
    );
  });
});
