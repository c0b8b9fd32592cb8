import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { hiddenBehind, visible, visibleInLines, visibleStream } from "../../src/text/visible.ts";

describe("a text with what cannot be seen", () => {
  for (const [what, text, shown] of [
    ["bidirectional controls", "a\u202eb\u2066", "a⟨U+202E⟩b⟨U+2066⟩"],
    ["tags", "\u{e0041}", "⟨U+E0041⟩"],
    ["zero-width characters", "a\u200bb\ufeff", "a⟨U+200B⟩b⟨U+FEFF⟩"],
    ["fillers that look like blanks", "\u3164\u2800", "⟨U+3164⟩⟨U+2800⟩"],
    ["escapes", "\u001b[31m", "⟨U+001B⟩[31m"],
    ["variation selectors in runs", "x\ufe01\ufe02", "x⟨U+FE01⟩⟨U+FE02⟩"],
    ["those beyond the first plane", "x\u{e0100}", "x⟨U+E0100⟩"],
    ["a joiner in a word of ASCII", "ad\u200dmin", "ad⟨U+200D⟩min"],
    ["nothing of an emoji", "\u{1f469}\u200d\u{1f52c}\ufe0f", "\u{1f469}\u200d\u{1f52c}\ufe0f"],
    [
      "nothing of a word that needs a joiner",
      "\u0645\u06cc\u200c\u0631\u0648\u0645",
      "\u0645\u06cc\u200c\u0631\u0648\u0645",
    ],
  ] as const)
    it(`shows ${what}`, () => assert.equal(visible(text), shown));

  it("has its carriage returns where lines are to stay as they are", () => {
    assert.equal(visibleInLines("a\r\nb\rc\u202e"), "a\r\nb\rc⟨U+202E⟩");
  });

  it("is told back from its notation, and from no other", () => {
    assert.deepEqual(["⟨U+202E⟩", "⟨U+E0041⟩", "⟨U+0041⟩", "U+202E"].map(hiddenBehind), [
      "\u202e",
      "\u{e0041}",
      undefined,
      undefined,
    ]);
  });
});

describe("a text shown in pieces", () => {
  it("is shown as the whole would be, however it was cut", () => {
    const unit = fc.constantFrom(
      "a",
      "\r",
      "\n",
      "\ud83d",
      "\ude00",
      "\udb40",
      "\udc41",
      "\u202e",
      "\u0000",
      "\u200d",
      "\ufe0f",
    );
    fc.assert(
      fc.property(fc.array(fc.array(unit, { maxLength: 4 })), (pieces) => {
        const texts = pieces.map((it) => it.join(""));
        const stream = visibleStream();
        assert.equal(texts.map(stream.push).join("") + stream.flush(), visible(texts.join("")));
      }),
    );
  });

  it("is not held back where no piece could change it", () => {
    const stream = visibleStream();
    assert.deepEqual(["a\n", "b", "\ud83d", "\ude00", "c\r"].map(stream.push), [
      "a\n",
      "b",
      "",
      "\ud83d\ude00",
      "c",
    ]);
    assert.deepEqual([stream.flush(), stream.flush()], ["⟨U+000D⟩", ""]);
  });
});
