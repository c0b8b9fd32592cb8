import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { applyChange, minimalChange, splitsPair } from "../../src/text/minimal.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", "\r\n", "\n", "\r", "😀", "😁") });

describe("the smallest changed middle", () => {
  for (const [before, after, expected] of [
    ["abc", "abc", undefined],
    ["abc", "axc", { from: 1, to: 2, text: "x" }],
    ["aa", "aaa", { from: 2, to: 2, text: "a" }],
    ["a\nb", "a\r\nb", { from: 1, to: 2, text: "\r\n" }],
    ["😀", "😁", { from: 0, to: 2, text: "😁" }],
  ] as const) {
    it(`of ${JSON.stringify(before)} and ${JSON.stringify(after)} is ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(minimalChange(before, after), expected);
    });
  }

  it("turns the one text into the other and splits no pair", () => {
    fc.assert(
      fc.property(text, text, text, text, (head, tail, old, young) => {
        const [before, after] = [head + old + tail, head + young + tail];
        const change = minimalChange(before, after) ?? { from: 0, to: 0, text: "" };
        assert.equal(applyChange(before, change), after);
        assert.ok(!splitsPair(before, change.from) && !splitsPair(before, change.to));
        assert.ok(change.to - change.from <= old.length + 4);
      }),
      { numRuns: 2_000 },
    );
  });
});
