import assert from "node:assert/strict";
import { applyPatch } from "diff";
import fc from "fast-check";
import { describe, it } from "mocha";
import { patchOf } from "../../src/text/diff.ts";

describe("patchOf", () => {
  it("counts a new file as all added", () => {
    assert.deepEqual(patchOf(undefined, "a\nb\n"), {
      patch: "@@ -0,0 +1,2 @@\n+a\n+b",
      cut: false,
      added: 2,
      removed: 0,
    });
  });

  it("shows three lines of context", () => {
    const { patch } = patchOf("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nX\n6\n7\n8\n9\n");
    assert.equal(patch, "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8");
  });

  it("shows each line as it is told in its whole text, and a change where there is one", () => {
    // Tells of what follows a line "key" in capitals: what a line looks like depends on those before it.
    const told = (text: string) => text.replace(/key\n[\s\S]*/, (it) => it.toUpperCase());
    const text = fc
      .array(fc.constantFrom("a", "b", "c", "key", ""), { maxLength: 30 })
      .map((it) => it.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [plain, patch] = [patchOf(before, after), patchOf(before, after, told)];
        assert.equal(patch.patch.toLowerCase(), plain.patch.toLowerCase());
      }),
    );
    assert.equal(patchOf("key\na\nb\n", "a\nB\n", told).patch, "@@ -1,3 +1,2 @@\n-KEY\n A\n-B\n+B");
    assert.equal(patchOf("a\nb\n", "key\na\nb\n", told).patch, "@@ -1,2 +1,3 @@\n+KEY\n A\n B");
  });

  it("makes patches that apply", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 30 }).map((it) => it.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { patch } = patchOf(before, after);
        assert.equal(applyPatch(before, `--- a\n+++ b\n${patch}\n`), after);
      }),
    );
  });

  it("cuts a very long patch and counts all of it", () => {
    const { patch, cut, added } = patchOf("", "some line of text\n".repeat(10_000));
    assert.deepEqual([cut, added, patch.length <= 60_000], [true, 10_000, true]);
  });

  it("gives up the shortest diff of texts that share nothing", () => {
    const [before, after] = ["a", "b"].map((it) =>
      Array.from({ length: 6_000 }, (_, index) => it + index).join("\n"),
    );
    const { added, removed } = patchOf(`same\n${before}`, `same\n${after}`);
    assert.deepEqual([added, removed], [6_000, 6_000]);
  });
});
