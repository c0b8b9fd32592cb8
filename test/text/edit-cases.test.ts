import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, it } from "mocha";
import { applyEdits } from "../../src/text/edits.ts";

interface Case {
  readonly id: string;
  readonly name: string;
  readonly before: string;
  readonly old_string: string;
  readonly new_string: string;
  readonly after?: string;
  readonly after_contains?: readonly string[];
  readonly error?: string;
}

const path = resolve(import.meta.dirname, "../../../shared/cases/agents/edit_string_replace_cases.json");
const present = existsSync(path);
const all: readonly Case[] = present ? JSON.parse(readFileSync(path, "utf8")).cases : [];
const cases = all.filter((it) =>
  [it.before, it.old_string, it.new_string].every((text) => typeof text === "string"),
);

describe("edits as other agents take them", () => {
  it(present ? "has cases" : "skipped: no cases", function () {
    if (!present) this.skip();
    assert.ok(cases.length > 5);
  });

  for (const { id, name, before, old_string, new_string, after, after_contains, error } of cases) {
    it(`${id} ${name}: applied as there, or refused`, () => {
      const applied = applyEdits(before, [{ old: old_string, new: new_string, all: false }]);
      if (applied.kind === "refused") return;
      assert.equal(error, undefined);
      if (after !== undefined) assert.equal(applied.text, after);
      for (const part of after_contains ?? []) assert.ok(applied.text.includes(part), applied.text);
    });
  }

  it("applies all that are exact", function () {
    if (!present) this.skip();
    const exact = cases.filter((it) => it.error === undefined && it.before.split(it.old_string).length === 2);
    for (const it of exact) {
      assert.equal(
        applyEdits(it.before, [{ old: it.old_string, new: it.new_string, all: false }]).kind,
        "applied",
        it.id,
      );
    }
  });
});
