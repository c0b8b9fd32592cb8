import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { valueFinder } from "../../src/text/find-values.ts";

describe("a finder of values", () => {
  it("finds the longest at each place, none over another, as looking at every place does", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "\u0142"), minLength: 2, maxLength: 5 });
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\u0142", "-"), maxLength: 60 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 6 }), text, (values, whole) => {
        const counts = (_: string, at: number, value: string) => (at + value.length) % 3 > 0;
        const found = valueFinder(values, counts)(whole);
        const expected: { at: number; value: string }[] = [];
        for (let at = 0; at < whole.length; at++) {
          const here = values.filter((it) => whole.startsWith(it, at) && counts(whole, at, it));
          const value = here.toSorted((a, b) => b.length - a.length)[0];
          if (value === undefined) continue;
          expected.push({ at, value });
          at += value.length - 1;
        }
        assert.deepEqual(found, expected);
      }),
    );
  });

  it("finds values that begin and end alike in a text of nothing else in the time of the rest", () => {
    // One that compared them at every place would outlast the test.
    const alike = Array.from({ length: 500 }, (_, index) => `${"a1".repeat(58)}${index}`);
    const long = Array.from({ length: 500 }, (_, index) => `${index}x${"a1".repeat(2000)}`);
    for (const values of [[...alike, "a1a1a1a1"], long])
      assert.ok(valueFinder(values)("a1".repeat(2_000_000)).length >= 0);
  });

  it("finds nothing where there are no values", () => assert.deepEqual(valueFinder([])("aa"), []));
});
