import { rmSync } from "node:fs";
import { relative, sep } from "node:path";
import { after, before, describe, it } from "mocha";
import type { Parse } from "../../src/refactor/engine.ts";
import type { Source } from "../../src/refactor/refactoring.ts";
import { parts, walk } from "../../src/syntax/tree.ts";
import { parseFor } from "../refactor/source.ts";
import {
  chanceContract,
  type Done,
  doneByChance,
  expressions,
  filesIn,
  slow,
  statements,
  type Target,
  type Targets,
  targetsOf,
} from "./by-chance.ts";
import { isSoak } from "./figure.ts";
import { type JavaPair, javaKit, javaSources, judgedJava } from "./java-judge.ts";

const MAIN: readonly (readonly [string, Targets])[] = [
  ["extract-variable", expressions],
  ["extract-function", statements],
  ["inline-variable", variables],
];
const FORMS: readonly (readonly [string, Targets])[] = [
  ["extract-constant", expressions],
  ["invert-if", heads],
  ["convert-if-to-guard", heads],
  ["convert-if-to-ternary", heads],
  ["convert-ternary-to-if", heads],
  ["wrap-with-try", statements],
];

describe("refactorings of chance in Java's own library", () => {
  if (javaKit === undefined || !isSoak) {
    it("skipped: no soak, or no Java with its sources");
    return;
  }
  let parse: Parse;
  let folder = "";
  let files: readonly string[] = [];
  before(async function () {
    this.timeout(60_000);
    parse = await parseFor("java");
    folder = javaSources(["java.base/java/util", "java.base/java/text", "java.base/java/time"]);
    files = filesIn(folder, "**/*.java");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  slow("renames locals, and the compiler makes the same of them", () => check("rename", locals, "same"));
  // The compiler takes its time: the rest is for a soak.
  for (const [id, targets] of isSoak ? [...MAIN, ...FORMS] : MAIN)
    slow(`leaves what compiles: ${id}`, () => check(id, targets, "compiles"));

  function check(id: string, targets: Targets, as: JavaPair["as"]): void {
    const all = doneByChance(parse, id, files, targets);
    const why = judgedJava(all.map((it) => pairOf(it, as)));
    chanceContract(`${id} in Java`, all, (_, index) => why[index]);
  }

  function pairOf({ path, before: text, after: made }: Done, as: JavaPair["as"]): JavaPair {
    const [module = "", ...rest] = relative(folder, path).split(sep);
    return { as, module, path: rest.join("/"), before: text, after: made };
  }
});

/** Variables, parameters and labels: their names are in no class that is compiled. */
function locals(source: Source): readonly Target[] {
  const { all } = source.bindings();
  return targetsOf(
    all.filter((it) => /^(function|block)$/.test(it.scope.kind) && !it.spaces.includes("type")),
  );
}

/** Where locals are declared. */
function variables(source: Source): readonly Target[] {
  const { all } = source.bindings();
  return all
    .filter((it) => it.kind === "variable" && /^(function|block)$/.test(it.scope.kind))
    .flatMap(({ declarations: [at] }) => (at ? [{ from: at.from, to: at.to }] : []));
}

/** Where statements begin that may do one thing or another. */
function heads({ root, rules }: Source): readonly Target[] {
  return [...walk(root)]
    .filter(
      (it) =>
        rules.isStatement(it) && parts(it).length > 0 && /^(if|return|local)_|^expression_s/.test(it.type),
    )
    .map(({ from }) => ({ from, to: from }));
}
