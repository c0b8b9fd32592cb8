import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { bounded, cutEnd, cutMiddle } from "../../src/text/cut.ts";

describe("cutting long texts", () => {
  it("keeps head and tail and tells how much is missing", () => {
    assert.equal(cutMiddle("0123456789", 4), "01\n[... 6 characters left out ...]\n89");
  });

  it("leaves short texts alone", () => assert.equal(cutMiddle("0123", 4), "0123"));

  it("cuts the end with a note", () => assert.equal(cutEnd("0123456789", 4), "0123 [... 6 more characters]"));

  it("splits no surrogate pair", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("😀", "a"), { maxLength: 20 }),
        fc.integer({ min: 1, max: 12 }),
        (units, limit) => {
          const text = units.join("");
          const kept = bounded(limit);
          for (const unit of units) kept.push(unit);
          assert.ok(
            [cutMiddle(text, limit), cutEnd(text, limit), kept.text()].every((it) => it.isWellFormed()),
          );
        },
      ),
    );
  });

  it("keeps the same of a growing text as of a whole one", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 9 })), fc.integer({ min: 1, max: 20 }), (pieces, limit) => {
        const kept = bounded(limit);
        for (const piece of pieces) kept.push(piece);
        assert.equal(kept.text(), cutMiddle(pieces.join(""), limit));
      }),
    );
  });
});
