import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { it } from "mocha";
import { type Parse, planned } from "../../src/refactor/engine.ts";
import type { Plan } from "../../src/refactor/plan.ts";
import type { Source } from "../../src/refactor/refactoring.ts";
import { rulesOf, sourceOf } from "../../src/refactor/source.ts";
import type { Binding } from "../../src/syntax/bindings.ts";
import { languageOf } from "../../src/syntax/language-of.ts";
import { parts, walk } from "../../src/syntax/tree.ts";
import { withChanges } from "../../src/text/changes.ts";
import { amount, isSoak, seed, tally } from "./figure.ts";
import { random } from "./random.ts";

/** Longest file that is taken, in UTF-16 units. */
const LONGEST = 60_000;
/** Targets in one file. */
const EACH = 12;
/** Refactorings that can be done. */
const AMOUNTS = { ci: 15, soak: 2000 };
/** For each that is wanted, so many files are looked at. */
const PATIENCE = 4;

/** Something to refactor. */
export interface Target {
  readonly from: number;
  readonly to: number;
  /** For a rename. */
  readonly name?: string;
}

/** Where something may be refactored in a file. */
export type Targets = (source: Source) => readonly Target[];

/** A refactoring that could be done. */
export interface Done {
  readonly path: string;
  readonly at: Target;
  readonly before: string;
  readonly after: string;
  readonly plan: Plan;
}

/** A test that takes as long as it takes. */
export function slow(what: string, run: () => void): void {
  it(what, function () {
    this.timeout(isSoak ? 0 : 60_000);
    run();
  });
}

/** Files of a folder that a pattern matches. */
export function filesIn(folder: string, pattern: string): readonly string[] {
  return globSync(pattern, { cwd: folder }).map((it) => join(folder, it));
}

/** Fails with all for which there is a reason, or where hardly anything could be done. */
export function chanceContract(
  what: string,
  all: readonly Done[],
  why: (done: Done, index: number) => string | undefined,
): void {
  const wrong = all.flatMap((it, index) => {
    const reason = why(it, index);
    return reason === undefined
      ? []
      : [`${it.path}:${it.at.from} "${it.before.slice(it.at.from, it.at.to)}": ${reason}`];
  });
  assert.deepEqual(wrong, []);
  assert.ok(all.length >= amount(AMOUNTS) / 4, `only ${all.length} could be done`);
  tally(what, all.length);
}

/** Refactorings of that kind that could be done at targets of chance in the files. */
export function doneByChance(
  parse: Parse,
  id: string,
  files: readonly string[],
  targets: Targets,
): readonly Done[] {
  const chance = random(seed);
  const made: Done[] = [];
  const wanted = amount(AMOUNTS);
  for (let tries = 0; made.length < wanted && tries < wanted * PATIENCE; tries++) {
    const path = chance.pick(files);
    const source = sourceIn(parse, path);
    if (!source || source.root.hasError) continue;
    const all = targets(source);
    for (let count = 0; count < EACH && all.length > 0; count++) {
      const at = chance.pick(all);
      const request = { file: source, from: at.from, to: at.to, others: [] };
      const plan = planned(id, request, at.name === undefined ? {} : { name: at.name }, parse);
      if (plan.kind === "refused") continue;
      const after = withChanges(source.text, plan.files[0]?.changes ?? []);
      made.push({ path, at, before: source.text, after, plan });
    }
  }
  return made;
}

function sourceIn(parse: Parse, path: string): Source | undefined {
  const language = languageOf(path)?.id;
  const text = readFileSync(path, "utf8");
  const rules = language === undefined ? undefined : rulesOf(language);
  if (language === undefined || !rules || text.length > LONGEST || extname(path) === ".d.ts")
    return undefined;
  const tree = parse(language, text);
  return tree && sourceOf({ path, text, language, root: tree, rules });
}

/** The text after what was extracted is inlined; `undefined`: that is refused. */
export function inlinedAgain(parse: Parse, { path, after, plan }: Done): string | undefined {
  const at = plan.nameAt ?? 0;
  const request = { file: { path, text: after }, from: at, to: at, others: [] };
  const back = planned("inline-variable", request, {}, parse);
  return back.kind === "refused" ? undefined : withChanges(after, back.files[0]?.changes ?? []);
}

/** Names that the file declares, wherever they stand. */
export function names(source: Source): readonly Target[] {
  return targetsOf(source.bindings().all);
}

/** Each place of the bindings, with a new name. */
export function targetsOf(bindings: readonly Binding[]): readonly Target[] {
  return bindings.flatMap(({ name, declarations, references }) => {
    // At `export { a }` TypeScript changes what others see, not the name here.
    const used = references.filter((it) => it.shape !== "export-specifier").map((it) => it.node);
    const places = [...declarations, ...used];
    return places.map(({ from, to }) => ({ from, to, name: `${name}_` }));
  });
}

/** One to four statements of a row, or an expression. */
export function statements(source: Source): readonly Target[] {
  const { root: tree, rules } = source;
  const rows = [...walk(tree)].map((it) => parts(it).filter((at) => rules.isStatement(at)));
  const runs = rows.flatMap((row) =>
    row.flatMap(({ from }, at) => row.slice(at, at + 4).map(({ to }) => ({ from, to }))),
  );
  return [...runs, ...expressions(source)];
}

/** All expressions. */
export function expressions({ root: tree, rules }: Source): readonly Target[] {
  return [...walk(tree)].filter((it) => rules.isExpression(it)).map(({ from, to }) => ({ from, to }));
}
