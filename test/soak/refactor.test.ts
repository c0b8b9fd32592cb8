import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { before, describe, it } from "mocha";
import { root } from "../../scripts/paths.ts";
import { type Parse, planned } from "../../src/refactor/engine.ts";
import type { Plan } from "../../src/refactor/plan.ts";
import type { Source } from "../../src/refactor/refactoring.ts";
import { rulesOf, sourceOf } from "../../src/refactor/source.ts";
import type { Binding } from "../../src/syntax/bindings.ts";
import { languageOf } from "../../src/syntax/language-of.ts";
import { parts, walk } from "../../src/syntax/tree.ts";
import { withChanges } from "../../src/text/changes.ts";
import { parseFor } from "../refactor/source.ts";
import { amount, isSoak, seed, tally } from "./figure.ts";
import { judged, type Pair, pythonLibrary } from "./python-judge.ts";
import { random } from "./random.ts";
import { hasTypeScript, renamedByTypeScript, unknownNames } from "./typescript-judge.ts";

/** Longest file that is taken, in UTF-16 units. */
const LONGEST = 60_000;
/** Targets in one file. */
const EACH = 12;
/** Refactorings that can be done. */
const AMOUNTS = { ci: 15, soak: 2000 };
/** For each that is wanted, so many files are looked at. */
const PATIENCE = 4;

/** Something to refactor. */
interface Target {
  readonly from: number;
  readonly to: number;
  /** For a rename. */
  readonly name?: string;
}

type Targets = (source: Source) => readonly Target[];

/** A refactoring that could be done. */
interface Done {
  readonly path: string;
  readonly at: Target;
  readonly before: string;
  readonly after: string;
  readonly plan: Plan;
}

let parse: Parse;
before(async () => {
  parse = await parseFor("python", "javascript", "typescript", "tsx");
});

describe("refactorings of chance in Python's own library", () => {
  const library = pythonLibrary();
  if (library === undefined) {
    it("skipped: no Python");
    return;
  }
  const files = filesIn(library, "{*,{asyncio,json,email,unittest,logging,xml}/**/*}.py");
  const check = (id: string, targets: Targets, pairOf: (done: Done) => Pair) => {
    const all = doneByChance(id, files, targets);
    const why = judged(all.map(pairOf));
    found(`${id} in Python`, all, (_, index) => why[index] ?? undefined);
  };

  slow("renames as the compiler sees it", () =>
    check("rename", names, ({ at, before: text, after }) => {
      const old = text.slice(at.from, at.to);
      return { as: "names", before: text, after, old, name: at.name ?? "" };
    }),
  );

  slow("extracts into what compiles, and inlines it back", () =>
    check("extract-variable", expressions, (it) => {
      const back = inlinedAgain(it);
      return back === undefined
        ? { as: "compiles", before: it.before, after: it.after }
        : { as: "tree", before: it.before, after: back };
    }),
  );

  slow("extracts constants into what compiles, and inlines them back", () =>
    check("extract-constant", expressions, (it) => {
      const back = inlinedAgain(it);
      return back === undefined
        ? { as: "compiles", before: it.before, after: it.after }
        : { as: "tree", before: it.before, after: back };
    }),
  );

  slow("takes functions out, and no name becomes another's", () =>
    check("extract-function", statements, ({ before: text, after }) => ({
      as: "globals",
      before: text,
      after,
      name: "new_function",
    })),
  );

  slow("inlines into what compiles", () =>
    check("inline-variable", names, (it) => ({ as: "compiles", before: it.before, after: it.after })),
  );
});

/** Files of JavaScript and TypeScript. */
const scripts = [
  ...filesIn(
    join(root, "node_modules"),
    "{diff,marked,minimatch,fast-check,mocha,playwright-core}/**/*.{js,mjs,cjs}",
  ),
  ...filesIn(join(root, "src"), "**/*.ts"),
  ...filesIn(join(root, "test"), "**/*.ts"),
];

describe("refactorings of chance in packages of JavaScript and TypeScript", () => {
  if (!hasTypeScript) it("skipped: no TypeScript");
  slow("renames as TypeScript does", () => {
    const all = doneByChance("rename", scripts, ownNames);
    found("rename in JavaScript and TypeScript", all, ({ path, at, before: text, after }) => {
      const other = renamedByTypeScript(path, text, at.from, at.name ?? "");
      // TypeScript renames in comments that it takes for types, too.
      const code = (it: string) => it.replace(/\/\*[\s\S]*?\*\//g, "");
      const isSame = other === undefined || code(other) === code(after);
      return isSame ? undefined : firstDifference(code(after), code(other));
    });
  });

  slow("takes functions out, and no name becomes unknown", () => {
    const all = doneByChance("extract-function", scripts, statements);
    found("extract-function in JavaScript and TypeScript", all, ({ path, before: text, after }) => {
      const [was, is] = [unknownNames(path, text).join(), unknownNames(path, after).join()];
      return was === is ? undefined : `unknown were ${was} and are ${is}\n${after}`;
    });
  });

  slow("extracts, and inlines it back", () => {
    const all = doneByChance("extract-variable", scripts, expressions);
    found("extract-variable in JavaScript and TypeScript", all, (it) => {
      const back = inlinedAgain(it);
      return back === undefined || plain(back) === plain(it.before)
        ? undefined
        : firstDifference(back, it.before);
    });
  });
});

describe("constants of chance in packages of JavaScript and TypeScript", () => {
  slow("become no names that are unknown, and are inlined back", () => {
    const all = doneByChance("extract-constant", scripts, expressions);
    found("extract-constant in JavaScript and TypeScript", all, (it) => {
      const [was, is] = [unknownNames(it.path, it.before).join(), unknownNames(it.path, it.after).join()];
      if (was !== is) return `unknown were ${was} and are ${is}\n${it.after}`;
      const back = inlinedAgain(it);
      return back === undefined || plain(back) === plain(it.before)
        ? undefined
        : firstDifference(back, it.before);
    });
  });
});

/** Without what may be written or left out. */
function plain(text: string): string {
  return text.replace(/[\s();]/g, "");
}

/** A test that takes as long as it takes. */
function slow(what: string, run: () => void): void {
  it(what, function () {
    this.timeout(isSoak ? 0 : 60_000);
    run();
  });
}

function filesIn(folder: string, pattern: string): readonly string[] {
  return globSync(pattern, { cwd: folder }).map((it) => join(folder, it));
}

function found(
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

function doneByChance(id: string, files: readonly string[], targets: Targets): readonly Done[] {
  const chance = random(seed);
  const made: Done[] = [];
  const wanted = amount(AMOUNTS);
  for (let tries = 0; made.length < wanted && tries < wanted * PATIENCE; tries++) {
    const path = chance.pick(files);
    const source = sourceIn(path);
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

function sourceIn(path: string): Source | undefined {
  const language = languageOf(path)?.id;
  const text = readFileSync(path, "utf8");
  const rules = language === undefined ? undefined : rulesOf(language);
  if (language === undefined || !rules || text.length > LONGEST || extname(path) === ".d.ts")
    return undefined;
  const tree = parse(language, text);
  return tree && sourceOf({ path, text, language, root: tree, rules });
}

/** The text after what was extracted is inlined; `undefined`: that is refused. */
function inlinedAgain({ path, after, plan }: Done): string | undefined {
  const at = plan.nameAt ?? 0;
  const request = { file: { path, text: after }, from: at, to: at, others: [] };
  const back = planned("inline-variable", request, {}, parse);
  return back.kind === "refused" ? undefined : withChanges(after, back.files[0]?.changes ?? []);
}

function firstDifference(a: string, b: string): string {
  const at = [...a].findIndex((it, index) => it !== b[index]);
  return `${JSON.stringify(a.slice(Math.max(0, at - 40), at + 60))} and not ${JSON.stringify(b.slice(Math.max(0, at - 40), at + 60))}`;
}

/** Names that the file declares, wherever they stand. */
function names(source: Source): readonly Target[] {
  return targetsOf(source.bindings().all);
}

/** Without those of imports: alone with a file, TypeScript does not know what it imports. */
function ownNames(source: Source): readonly Target[] {
  return targetsOf(source.bindings().all.filter((it) => it.kind !== "import"));
}

function targetsOf(bindings: readonly Binding[]): readonly Target[] {
  return bindings.flatMap(({ name, declarations, references }) => {
    // At `export { a }` TypeScript changes what others see, not the name here.
    const used = references.filter((it) => it.shape !== "export-specifier").map((it) => it.node);
    const places = [...declarations, ...used];
    return places.map(({ from, to }) => ({ from, to, name: `${name}_` }));
  });
}

/** One to four statements of a row, or an expression. */
function statements(source: Source): readonly Target[] {
  const { root: tree, rules } = source;
  const rows = [...walk(tree)].map((it) => parts(it).filter((at) => rules.isStatement(at)));
  const runs = rows.flatMap((row) =>
    row.flatMap(({ from }, at) => row.slice(at, at + 4).map(({ to }) => ({ from, to }))),
  );
  return [...runs, ...expressions(source)];
}

function expressions({ root: tree, rules }: Source): readonly Target[] {
  return [...walk(tree)].filter((it) => rules.isExpression(it)).map(({ from, to }) => ({ from, to }));
}
