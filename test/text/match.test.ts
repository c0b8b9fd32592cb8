import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { applyEdits } from "../../src/text/edits.ts";
import { findMatch } from "../../src/text/match.ts";

function edited(text: string, old: string, young: string, all = false): string {
  const applied = applyEdits(text, [{ old, new: young, all }]);
  return applied.kind === "applied" ? applied.text : `refused: ${applied.reason}`;
}

describe("matching an edit to a text", () => {
  for (const [what, text, old, young, expected] of [
    ["an exact place", "a b c", "b", "x", "a x c"],
    ["an exact place without touching dollar signs", "a b", "b", "$&$1", "a $&$1"],
    ["LF for CRLF, and keeps CRLF", "a\r\nb\r\nc\r\n", "a\nb", "x\ny", "x\r\ny\r\nc\r\n"],
    ["a match that begins with a line end of a CRLF file", "a\r\nb", "\nb", "\nc", "a\r\nc"],
    ["CRLF for LF, and keeps LF", "a\nb\n", "a\r\nb\r\n", "x\r\n", "x\n"],
    ["trailing blanks of the file", "a  \nb\t\nc", "a\nb\n", "x\n", "x\nc"],
    ["trailing blanks of the edit", "a\nb\nc", "a  \nb ", "x", "x\nc"],
    [
      "another depth of indentation",
      "if x:\n        a\n        b\n",
      "    a\n    b\n",
      "    c\n",
      "if x:\n        c\n",
    ],
    [
      "spaces for tabs, deeper lines included",
      "{\n\ta\n\tb\n}",
      "    a\n    b",
      "    a\n    if:\n        b",
      "{\n\ta\n\tif:\n\t\tb\n}",
    ],
    [
      "two depths, of which the replacement makes a third",
      "\tif a {\n\t\tb\n\t}",
      "if a {\n  b\n}",
      "if a {\n  if c {\n    b\n  }\n}",
      "\tif a {\n\t\tif c {\n\t\t\tb\n\t\t}\n\t}",
    ],
    [
      "a replacement less deep than what was matched",
      "    x\n      a\n",
      "        a\n",
      "    a\n",
      "    x\n  a\n",
    ],
  ] as const) {
    it(`finds ${what}`, () => assert.equal(edited(text, old, young), expected));
  }

  for (const [what, text, old, reason] of [
    ["two equal places", "a\nb\na\n", "a", /2 places, at lines 1, 3/],
    ["two places that overlap", "aaa", "aa", /2 places, at lines 1, 1/],
    ["two places but for indentation", "  a()\n\ta()\n", "    a()\n", /2 places, at lines 1, 2/],
    ["lines whose depths do not correspond", "if x:\n  a\n  b", "if x:\n  a\nb", /not in the file/],
    [
      "equal first and last lines with another middle",
      "f(\n1\n)",
      "f(\n2\n)",
      /line 2, column 1: old_string has "2", the file "1"/,
    ],
    ["another case", "Hello", "hello", /not in the file/],
    ["nothing alike", "aaa\nbbb", "zzz", /nor anything like it/],
    ["an empty text", "a", "", /old_string is empty/],
  ] as const) {
    it(`refuses ${what}`, () => assert.match(edited(text, old, "new"), reason));
  }

  it("names three nearest regions at most, the likeliest first", () => {
    const match = findMatch("value = 10\nx\nvalue = 1\ny\nvalue = 12\nvalue = 13", "value = 100\n");
    assert.equal(match.kind, "none");
    const lines = match.kind === "none" ? match.nearest.map((it) => it.line) : [];
    assert.deepEqual([lines.length, lines[0]], [3, 1]);
  });

  it("replaces every place when asked, and none of those that overlap", () => {
    assert.equal(edited("aaa b aa", "aa", "x", true), "xa b x");
  });

  it("applies several edits in order, each on the result of the one before", () => {
    const edits = [
      { old: "a", new: "b" },
      { old: "b", new: "c" },
    ].map((it) => ({ ...it, all: false }));
    const applied = applyEdits("a", edits);
    assert.equal(applied.kind === "applied" && applied.text, "c");
  });

  it("applies none of several edits when one does not fit, and says which", () => {
    const edits = [
      { old: "a", new: "b" },
      { old: "z", new: "c" },
    ].map((it) => ({ ...it, all: false }));
    const applied = applyEdits("a", edits);
    assert.match(applied.kind === "refused" ? applied.reason : "", /^Edit 2 of 2: /);
  });

  const line = fc.stringMatching(/^[ \t]{0,4}[ab(){}]{0,3}[ \t]{0,2}$/);
  const text = fc
    .array(line, { minLength: 1, maxLength: 8 })
    .chain((lines) => fc.constantFrom("\n", "\r\n").map((it) => lines.join(it)));

  it("replaces an exact text that stands once by exactly the new one", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const whole = `${before}<OLD>${after}`;
        assert.equal(edited(whole, "<OLD>", "<NEW>"), `${before}<NEW>${after}`);
      }),
    );
  });

  it("changes nothing outside of the place, and only where the words are the same", () => {
    fc.assert(
      fc.property(text, text, (whole, old) => {
        const match = findMatch(whole, old);
        if (match.kind !== "found") return;
        assert.equal(words(whole.slice(match.from, match.to)), words(old));
        const after = edited(whole, old, "NEW");
        assert.ok(after.startsWith(whole.slice(0, match.from)) && after.endsWith(whole.slice(match.to)));
      }),
      { numRuns: 2_000 },
    );
  });

  it("never leaves a line ending that the file did not have", () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 5 }), text, (lines, young) => {
        const after = edited(["<a>", ...lines, "<b>"].join("\r\n"), "<a>", young);
        assert.doesNotMatch(after, /(?<!\r)\n|\r(?!\n)/);
      }),
    );
  });
});

function words(text: string): string {
  return text.replace(/[ \t\r\n]+/g, "");
}
