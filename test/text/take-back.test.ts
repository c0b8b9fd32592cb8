import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { takeBack } from "../../src/text/take-back.ts";

const text = (...lines: readonly string[]) => lines.map((it) => `${it}\n`).join("");

describe("taking back a change", () => {
  for (const [what, before, after, now, expected] of [
    ["gives the old text when nothing else changed", "a\nb\nc\n", "a\nX\nc\n", "a\nX\nc\n", "a\nb\nc\n"],
    [
      "keeps a line somebody added elsewhere",
      "a\nb\nc\nd\n",
      "X\nb\nc\nd\n",
      "X\nb\nc\nmine\nd\n",
      "a\nb\nc\nmine\nd\n",
    ],
    ["puts removed lines back", "a\nb\nc\nd\n", "a\nd\n", "a\nd\nmine\n", "a\nb\nc\nd\nmine\n"],
    ["takes added lines out", "a\nb\nz\n", "a\nNEW\nb\nz\n", "a\nNEW\nb\nz2\n", "a\nb\nz2\n"],
    ["gives up where somebody changed the same line", "a\nb\nc\n", "a\nX\nc\n", "a\nXX\nc\n", undefined],
    ["gives up where somebody changed the line beside it", "a\nb\nc\n", "a\nX\nc\n", "a\nX\nC\n", undefined],
    ["keeps a file without a last line end as it is", "a\nb", "X\nb", "X\nb\nc", undefined],
  ] as const) {
    it(what, () => assert.equal(takeBack(now, before, after), expected));
  }

  it("gives up rather than rewrite another copy of the same lines", () => {
    const copy = ["function f() {", "  return 1;", "}"];
    const changed = ["function f() {", "  return 2;", "}"];
    const before = text(...copy, "// between", ...changed);
    const after = text(...changed, "// between", ...changed);
    assert.equal(takeBack(text("// between", ...changed), before, after), undefined);
  });

  it("never touches a line that the change did not touch", () => {
    const line = fc.constantFrom("a", "b", "c", "d", "e");
    const lines = fc.array(line, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(lines, lines, lines, (head, old, tail) => {
        const [before, after] = [
          text(...head, "[", ...old, "]", ...tail),
          text(...head, "[", "new", "]", ...tail),
        ];
        const now = text("mine", ...head, "[", "new", "]", ...tail, "mine too");
        const back = takeBack(now, before, after);
        assert.ok(
          back === undefined || back === text("mine", ...head, "[", ...old, "]", ...tail, "mine too"),
        );
      }),
    );
  });

  it("is exact when nobody else changed anything", () => {
    const lines = fc.array(fc.constantFrom("a", "b", "", "  c"), { maxLength: 10 });
    fc.assert(
      fc.property(lines, lines, (old, young) =>
        assert.equal(takeBack(text(...young), text(...old), text(...young)), text(...old)),
      ),
    );
  });
});
