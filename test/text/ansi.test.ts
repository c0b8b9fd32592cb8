import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { plainText, stripper } from "../../src/text/ansi.ts";

describe("terminal output as plain text", () => {
  for (const [what, output, expected] of [
    ["colours", "\x1b[1;31mred\x1b[0m", "red"],
    ["colours in 8-bit controls", "\x9b31mred\x9b0m", "red"],
    ["a title ended by a bell", "\x1b]0;title\x07text", "text"],
    ["a link ended by a string terminator", "\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\", "link"],
    ["a device control string", "\x1bPq#0;2\x1b\\x", "x"],
    ["character sets and cursor saving", "\x1b(B\x1b7a\x1b8", "a"],
    ["a progress line that is overwritten", "10%\r50%\r100%\ndone\n", "100%\ndone\n"],
    ["only as much as is overwritten", "abc\rX\n", "Xbc\n"],
    ["CRLF", "a\r\nb\r\n", "a\nb\n"],
    ["overstruck bold", "a\bab\bb", "ab"],
    ["bells and other controls", "a\x07\x00\x7fb\tc", "ab\tc"],
    ["a sequence that a line end breaks off", "\x1b]0;title\nnext", "\nnext"],
    ["a sequence that never ends", "a\x1b[31", "a"],
  ] as const) {
    it(`handles ${what}`, () => assert.equal(plainText(output), expected));
  }

  const output = fc.string({
    unit: fc.constantFrom(
      "\x1b",
      "[",
      "]",
      "m",
      "0",
      ";",
      "\x07",
      "\\",
      "P",
      "\r",
      "\n",
      "\b",
      "a",
      "é",
      "\x9b",
      "\x9d",
      "\x18",
      "(",
      "\t",
    ),
    maxLength: 60,
  });

  it("leaves no control characters but line ends and tabs", () => {
    fc.assert(
      fc.property(output, (it) => assert.doesNotMatch(plainText(it), /[\x00-\x08\x0b-\x1f\x7f-\x9f]/)),
      { numRuns: 5_000 },
    );
  });

  it("does not depend on how the output was cut into pieces", () => {
    fc.assert(
      fc.property(fc.array(output), (pieces) => {
        const strip = stripper();
        const together = pieces.map((it) => strip.push(it)).join("") + strip.flush();
        assert.equal(together, plainText(pieces.join("")));
      }),
      { numRuns: 2_000 },
    );
  });

  it("lets a very long line go before its end", () => {
    assert.equal(stripper().push("x".repeat(70_000)).length, 65_536);
  });
});
