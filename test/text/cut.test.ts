import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { bounded, cutEnd, cutMiddle } from "../../src/text/cut.ts";

function keptOf(pieces: readonly string[], limit: number): string {
  const kept = bounded(limit);
  for (const it of pieces) kept.push(it);
  return kept.text();
}

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

  const piece = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 9 });

  it("keeps of a growing text its first and last lines, whole, and as many as there is room for", () => {
    fc.assert(
      fc.property(fc.array(piece), fc.integer({ min: 1, max: 20 }), (pieces, limit) => {
        const whole = pieces.join("");
        const kept = keptOf(pieces, limit);
        if (whole.length <= limit) return assert.equal(kept, whole);
        const [head = "", tail = ""] = kept.split(/\n\[\.\.\. \d+ characters left out \.\.\.\]\n/);
        const [before, behind] = [Math.ceil(limit / 2), whole.length - Math.floor(limit / 2)];
        const lines = whole.match(/[^\n]*\n|[^\n]+$/g) ?? [];
        const ends = lines.map((_, index) => lines.slice(0, index + 1).join("").length);
        assert.equal(
          head,
          whole.slice(0, ends.findLast((it) => it <= before && whole[it - 1] === "\n") ?? 0),
        );
        assert.equal(tail, whole.slice(ends.find((it) => it >= behind) ?? whole.length));
        assert.ok(kept.includes(` ${whole.length - head.length - tail.length} characters`));
      }),
    );
  });

  it("keeps nothing of a private key whose beginning it has left out", () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${`${"Ab3".repeat(21)}\n`.repeat(40)}-----END PRIVATE KEY-----\n`;
    const kept = keptOf([key.repeat(2), "the end\n"], key.length + 200);
    assert.match(kept, /left out \.\.\.\]\nthe end\n$/);
  });

  it("keeps of a line longer than any whole words of its beginning, or what fits where it has none", () => {
    assert.match(keptOf([`${"word ".repeat(20_000)}`], 60_004), /word \n\[\.\.\. 70000 characters/);
    assert.match(keptOf(["x".repeat(100_000)], 60_000), /^x{29999}\n\[/);
  });
});
