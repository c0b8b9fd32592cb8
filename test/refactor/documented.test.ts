import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { root } from "../../scripts/paths.ts";
import type { CodeRules } from "../../src/refactor/code-rules.ts";
import { refactorings } from "../../src/refactor/refactorings/all.ts";
import { rulesOf } from "../../src/refactor/source.ts";

/** The columns of the table of what there is, after the name and the id. */
const LANGUAGES = ["javascript", "typescript", "python", "go", "rust"];

/** What a language has to know for a refactoring; for the others nothing more than who is who. */
const NEEDED: Readonly<Record<string, keyof CodeRules>> = {
  "change-signature": "signature",
  "convert-arrow-to-function": "functionForms",
  "convert-concatenation-to-template": "textForms",
  "convert-function-to-arrow": "functionForms",
  "convert-if-to-guard": "branching",
  "convert-if-to-ternary": "choosing",
  "convert-template-to-concatenation": "textForms",
  "convert-ternary-to-if": "choosing",
  "extract-function": "extraction",
  "inline-function": "inlining",
  "invert-if": "branching",
  "merge-declarations": "splitting",
  "move-symbol": "moving",
  "remove-unused": "unused",
  "sort-imports": "importing",
  "split-declaration": "splitting",
  "wrap-with-try": "trying",
};

const rows = [
  ...readFileSync(join(root, "docs/refactoring.md"), "utf8").matchAll(/^\|[^|]*\| `([a-z-]+)` \|(.*)\|$/gm),
].map(([, id = "", marks = ""]) => ({ id, marks: marks.split("|").map((it) => it.trim() === "✓") }));

describe("what is said of refactorings", () => {
  it("names each of them", () => {
    assert.deepEqual(
      rows.map((it) => it.id).sort(),
      refactorings.map((it) => it.id),
    );
  });

  it("tells for which languages they are", () => {
    for (const { id, marks } of rows) {
      const needed = NEEDED[id];
      const told = LANGUAGES.map((it) => needed === undefined || rulesOf(it)?.[needed] !== undefined);
      assert.deepEqual(marks, told, id);
    }
  });
});
