import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { visible, visibleStream } from "../../src/text/visible.ts";

describe("a text shown in pieces", () => {
  it("is shown as the whole would be, however it was cut", () => {
    const unit = fc.constantFrom("a", "\r", "\n", "\ud83d", "\ude00", "\udb40", "\udc41", "\u202e", "\u0000");
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
