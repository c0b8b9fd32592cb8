import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { valueFinder } from "../../src/text/find-values.ts";

describe("a finder of values", () => {
  it("finds each of them wherever it stands, as looking for one after the other does", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "\u0142"), minLength: 2, maxLength: 5 });
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\u0142", "-"), maxLength: 60 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 6 }), text, (values, whole) => {
        const found = valueFinder(values)(whole).map((it) => `${it.at} ${it.value}`);
        const expected = [...whole].flatMap((_, at) =>
          values.filter((it) => whole.startsWith(it, at)).map((it) => `${at} ${it}`),
        );
        assert.deepEqual(found.toSorted(), expected.toSorted());
      }),
    );
  });

  it("finds nothing where there are no values", () => assert.deepEqual(valueFinder([])("aa"), []));
});
