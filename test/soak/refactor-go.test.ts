import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import { type Parse, planned } from "../../src/refactor/engine.ts";
import type { Source } from "../../src/refactor/refactoring.ts";
import { rulesOf, sourceOf } from "../../src/refactor/source.ts";
import { walk } from "../../src/syntax/tree.ts";
import { withChanges } from "../../src/text/changes.ts";
import { parseFor } from "../refactor/source.ts";
import { amount, isSoak, seed, tally } from "./figure.ts";
import { type GoPair, goLibrary, judgedByGo } from "./go-judge.ts";
import { random } from "./random.ts";

/** Longest file that is taken, in UTF-16 units. */
const LONGEST = 60_000;
/** Targets in one file. */
const EACH = 4;
/** Refactorings that can be done. */
const AMOUNTS = { ci: 15, soak: 2000 };
/** For each that is wanted, so many files are looked at. */
const PATIENCE = 6;

/** What is selected, and the new name. */
interface Target {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

let parse: Parse;
before(async () => {
  parse = await parseFor("go");
});

describe("refactorings of chance in Go's own library", () => {
  const library = goLibrary();
  if (library === undefined || !isSoak) {
    it("skipped: no soak, or no Go");
    return;
  }
  const files = globSync(
    "{strings,strconv,sort,bufio,bytes,text/**,encoding/**,go/**,html/**,image/**,regexp/**,time}/*.go",
    { cwd: library },
  )
    .filter((it) => !/_test\.go$|testdata|_[a-z\d]+\.go$/.test(it))
    .map((it) => join(library, it));
  for (const [id, as, targets] of [
    ["rename", "names", names],
    ["extract-variable", "compiles", expressions],
    ["inline-variable", "compiles", names],
    ["invert-if", "compiles", conditions],
    ["convert-if-to-guard", "compiles", conditions],
  ] as const)
    it(`${id} leads to what Go's checker takes`, function () {
      this.timeout(isSoak ? 0 : 120_000);
      const pairs = doneByChance(id, as, files, targets);
      const wrong = judgedByGo(pairs).flatMap((why, index) =>
        why === null ? [] : [`${pairs[index]?.path}: ${why}`],
      );
      assert.deepEqual(wrong, []);
      assert.ok(pairs.length >= amount(AMOUNTS) / 8, `only ${pairs.length} could be done`);
      tally(`${id} in Go`, pairs.length);
    });
});

function doneByChance(
  id: string,
  as: GoPair["as"],
  files: readonly string[],
  targets: (source: Source, name: string) => readonly Target[],
): readonly GoPair[] {
  const chance = random(seed);
  const made: GoPair[] = [];
  const wanted = amount(AMOUNTS);
  for (let tries = 0; made.length < wanted && tries < wanted * PATIENCE; tries++) {
    const source = sourceIn(chance.pick(files));
    const all = source ? targets(source, chance.pick(["a", "err", "value", "n", "x"])) : [];
    for (let count = 0; source && count < EACH && all.length > 0; count++) {
      const { from, to, name } = chance.pick(all);
      const plan = planned(
        id,
        { file: source, from, to, others: [] },
        { name, replaceAll: count === 0 },
        parse,
      );
      if (plan.kind === "refused") continue;
      const { path, text } = source;
      made.push({ as, path, before: text, after: withChanges(text, plan.files[0]?.changes ?? []) });
    }
  }
  return made;
}

function sourceIn(path: string): Source | undefined {
  const text = readFileSync(path, "utf8");
  const rules = rulesOf("go");
  const tree = text.length > LONGEST || /go:build ignore/.test(text) ? undefined : parse("go", text);
  return tree && rules && sourceOf({ path, text, language: "go", root: tree, rules });
}

/** Names of functions: those of the package are for its other files, too. */
function names(source: Source, name: string): readonly Target[] {
  const own = source.bindings().all.filter((it) => it.scope.parent);
  return own.flatMap(({ declarations: [at] }) => (at ? [{ from: at.from, to: at.to, name }] : []));
}

function expressions({ root, rules }: Source, name: string): readonly Target[] {
  const all = [...walk(root)].filter((it) => rules.isExpression(it) && it.type !== "identifier");
  return all.map(({ from, to }) => ({ from, to, name }));
}

function conditions({ root }: Source, name: string): readonly Target[] {
  const all = [...walk(root)].filter((it) => it.type === "if_statement");
  return all.map(({ from }) => ({ from, to: from + 2, name }));
}
