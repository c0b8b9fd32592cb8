import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { root } from "../../scripts/paths.ts";
import { refactor } from "../../src/agent/tools/refactor.ts";
import { planned } from "../../src/refactor/engine.ts";
import { refactorings } from "../../src/refactor/refactorings/all.ts";
import { rulesOf } from "../../src/refactor/source.ts";
import { REFACTOR_USAGE } from "../../src/terminal/usage.ts";
import { withParser } from "./marked.ts";

const parse = withParser("javascript", "typescript", "tsx", "python", "go", "rust", "java", "c-sharp");

/** The columns of the table of what there is, after the name and the id: a language, and a file in it that is whole. */
const LANGUAGES = [
  { id: "javascript", path: "/p/a.js", text: "a\n" },
  { id: "typescript", path: "/p/a.ts", text: "a\n" },
  { id: "python", path: "/p/a.py", text: "a\n" },
  { id: "go", path: "/p/a.go", text: "package a\n" },
  { id: "rust", path: "/p/a.rs", text: "fn a() {}\n" },
  { id: "java", path: "/p/A.java", text: "class A {}\n" },
  { id: "c-sharp", path: "/p/A.cs", text: "class A {}\n" },
] as const;

const rows = [
  ...readFileSync(join(root, "docs/refactoring.md"), "utf8").matchAll(/^\|[^|]*\| `([a-z-]+)` \|(.*)\|$/gm),
].map(([, id = "", marks = ""]) => ({ id, marks: marks.split("|").map((it) => it.trim() === "✓") }));

function isFor(id: string, { id: language, path, text }: (typeof LANGUAGES)[number]): boolean {
  if (id === "move-symbol") return rulesOf(language)?.moving !== undefined;
  const plan = planned(
    id,
    { file: { path, text }, from: 0, to: 0, others: [] },
    { name: "x", to: "/p/b" },
    parse,
  );
  return plan.kind === "plan" || !plan.code.endsWith(".language");
}

describe("what is said of refactorings", () => {
  it("names each of them", () => {
    assert.deepEqual(
      rows.map((it) => it.id).sort(),
      refactorings.map((it) => it.id),
    );
  });

  it("names each of them to the agent, and to a person in the terminal", () => {
    for (const text of [refactor.description, REFACTOR_USAGE])
      assert.deepEqual(
        refactorings.map((it) => it.id).filter((it) => !new RegExp(`(?<![\\w-])${it}(?![\\w-])`).test(text)),
        [],
      );
  });

  it("tells for which languages they are", () => {
    for (const { id, marks } of rows)
      assert.deepEqual(
        LANGUAGES.map((it) => isFor(id, it)),
        marks,
        id,
      );
  });
});
