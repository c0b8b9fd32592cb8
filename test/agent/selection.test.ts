import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { selectionIn } from "../../src/agent/selection.ts";

const TEXT = "one\r\n😀 two\n";

describe("a selection", () => {
  for (const [what, selection, selected] of [
    ["a cursor at the beginning", "1:1", ""],
    ["the end exclusive", "1:1-1:4", "one"],
    ["columns in UTF-16 units", "2:1-2:3", "😀"],
    ["several lines", "1:2-2:4", "ne\r\n😀 "],
    ["the empty line after the last line ending", "3:1", ""],
    ["the end of a line", "1:4", ""],
  ] as const)
    it(`is ${what}`, () => {
      const found = selectionIn(TEXT, selection);
      assert.equal(typeof found === "string" ? found : TEXT.slice(found.from, found.to), selected);
    });

  for (const [what, selection, reason] of [
    ["a line alone", "3", /LINE:COL/],
    ["a line that is not there", "4:1", /no line 4: the file has 3/],
    ["line 0", "0:1", /no line 0/],
    ["a column that is not there", "1:5", /no column 5 in line 1: they go from 1 to 4/],
    ["column 0", "1:0", /no column 0/],
    ["an end before its beginning", "2:1-1:1", /ends before it begins/],
  ] as const)
    it(`is not ${what}`, () => assert.match(String(selectionIn(TEXT, selection)), reason));

  it("finds every offset again", () => {
    const texts = fc.array(fc.constantFrom("a", "b", "\n", "é"), { maxLength: 30 }).map((it) => it.join(""));
    fc.assert(
      fc.property(texts, fc.nat(), (text, at) => {
        const from = at % (text.length + 1);
        const before = text.slice(0, from).split("\n");
        const name = `${before.length}:${(before.at(-1) ?? "").length + 1}`;
        assert.deepEqual(selectionIn(text, name), { from, to: from });
      }),
    );
  });
});
