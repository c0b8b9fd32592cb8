import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { root } from "../../scripts/paths.ts";
import { planned } from "../../src/refactor/engine.ts";
import { refactorings } from "../../src/refactor/refactorings/all.ts";
import { rulesOf } from "../../src/refactor/source.ts";
import { withParser } from "./marked.ts";

const parse = withParser("javascript", "typescript", "tsx", "python", "java");

/** The rows of the table of what there is: the id, and whether it is for JavaScript, TypeScript, Python, Java. */
const rows = [
  ...readFileSync(join(root, "docs/refactoring.md"), "utf8").matchAll(
    /^\|[^|]*\| `([a-z-]+)` \| (.*?) \| (.*?) \| ?(.*?) ?\| ?(.*?) ?\|$/gm,
  ),
].map(([, id = "", ...marks]) => ({ id, marks: marks.map((it) => it === "✓") }));

describe("what is said of refactorings", () => {
  it("names each of them", () => {
    assert.deepEqual(
      rows.map((it) => it.id).sort(),
      refactorings.map((it) => it.id),
    );
  });

  it("tells for which languages they are", () => {
    const languages = [
      ["/p/a.js", rulesOf("javascript")],
      ["/p/a.ts", rulesOf("typescript")],
      ["/p/a.py", rulesOf("python")],
      ["/p/A.java", rulesOf("java")],
    ] as const;
    for (const { id, marks } of rows) {
      const told = languages.map(([path, rules]) => {
        if (id === "move-symbol") return rules?.moving !== undefined;
        const plan = planned(id, { file: { path, text: "\n" }, from: 0, to: 0, others: [] }, {}, parse);
        return plan.kind === "plan" || !plan.code.endsWith(".language");
      });
      assert.deepEqual(told, marks, id);
    }
  });
});
