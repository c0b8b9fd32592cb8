import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { root } from "../../scripts/paths.ts";
import { smellRulesOf } from "../../src/smells/engine.ts";
import { smells } from "../../src/smells/smells/all.ts";
import { languages } from "../../src/syntax/languages/all.ts";

const lines = readFileSync(join(root, "docs/smells.md"), "utf8").split("\n");

function cells(line: string): readonly string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((it) => it.trim());
}

/** The columns of the table of what there is: ids of languages. */
const columns = cells(lines.find((it) => it.startsWith("| | JavaScript")) ?? "")
  .slice(1)
  .map((name) => languages.find((it) => it.name === name)?.id ?? name);

const rows = lines
  .filter((it) => /^\| `[a-z-]+` \|/.test(it))
  .map(cells)
  .map(([id = "", ...marks]) => ({ id: id.replaceAll("`", ""), marks: marks.map((it) => it === "✓") }));

describe("what is said of smells", () => {
  it("names each of them, and its setting", () => {
    assert.deepEqual(
      rows.map((it) => it.id).sort(),
      smells.map((it) => it.id),
    );
    for (const { name, default: usual } of smells.flatMap((it) => it.limits))
      assert.ok(
        lines.some((it) => it.includes(`\`smells.${name}\` ${usual}`)),
        name,
      );
  });

  it("names each language that is parsed", () => {
    const [all, named] = [languages.map((it) => it.id), new Set([...columns, "tsx"])];
    assert.deepEqual(
      all.filter((it) => !named.has(it)),
      [],
    );
    assert.deepEqual(
      columns.filter((it) => !all.includes(it)),
      [],
    );
  });

  it("tells in which languages they are looked for", () => {
    for (const smell of smells) {
      const marks = rows.find((it) => it.id === smell.id)?.marks;
      const found = columns.map((it) => {
        const rules = smellRulesOf(it);
        assert.ok(rules, it);
        return smell.isFor?.(rules) ?? true;
      });
      assert.deepEqual(found, marks, smell.id);
    }
  });
});
