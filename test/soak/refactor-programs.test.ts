import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { type Parse, planned } from "../../src/refactor/engine.ts";
import type { Options } from "../../src/refactor/refactoring.ts";
import { isComment, type SyntaxNode, walk } from "../../src/syntax/tree.ts";
import { withChanges } from "../../src/text/changes.ts";
import { parseFor } from "../refactor/source.ts";
import { amount, isSoak, seed, tally } from "./figure.ts";
import { programOf } from "./made-programs.ts";
import { type Random, random } from "./random.ts";
import { saidByPython, saidByScript } from "./run-programs.ts";

/** Programs that are made. */
const AMOUNTS = { ci: 6, soak: 400 };
/** Nodes of each that are tried. */
const NODES = 40;

/** What is done wherever it can be; those that other tests run before and after are left out. */
const IDS: readonly (readonly [string, Options?])[] = [
  ["invert-if"],
  ["convert-if-to-guard"],
  ["convert-if-to-ternary"],
  ["convert-ternary-to-if"],
  ["convert-function-to-arrow"],
  ["convert-arrow-to-function"],
  ["convert-for-to-foreach"],
  ["convert-foreach-to-for"],
  ["convert-loop-to-comprehension"],
  ["convert-comprehension-to-loop"],
  ["convert-concatenation-to-template"],
  ["convert-template-to-concatenation"],
  ["split-declaration"],
  ["merge-declarations"],
  ["remove-unused"],
  ["replace-magic-number", { replaceAll: true }],
  ["wrap-with-try"],
  ["extract-function", { name: "taken", replaceAll: true }],
];

let parse: Parse;
before(async () => {
  parse = await parseFor("python", "javascript");
});

describe("programs that are made by chance", () => {
  law("javascript", "/p/a.cjs", (all) => all.map(saidByScript));
  law("python", "/p/a.py", saidByPython);
});

/** A program before, and after a refactoring of a node. */
interface Made {
  readonly id: string;
  readonly before: string;
  readonly after: string;
}

function law(
  language: "javascript" | "python",
  path: string,
  saidBy: (programs: readonly string[]) => readonly string[] | undefined,
): void {
  it(`say what they said after a refactoring, ${language}`, function () {
    this.timeout(isSoak ? 0 : 120_000);
    const chance = random(seed);
    let done = 0;
    for (let index = 0; index < amount(AMOUNTS); index++) {
      const program = programOf(language, chance);
      const all = refactored(program, language, path, chance);
      const said = saidBy([program, ...all.map((it) => it.after)]);
      // Taken for granted is that names that are declared have a value by then.
      if (said === undefined || /! (ReferenceError|UnboundLocalError|NameError)/.test(said[0] ?? ""))
        continue;
      for (const [at, it] of all.entries()) {
        assert.equal(said[at + 1], said[0], `${it.id} made of\n${it.before}\nthis:\n${it.after}`);
        assert.deepEqual(
          commentsOf(it.after, language),
          commentsOf(it.before, language),
          `${it.id}:\n${it.after}`,
        );
      }
      done += all.length;
    }
    tally(`refactored programs of ${language}`, done);
    assert.ok(done > amount(AMOUNTS), `only ${done} could be done`);
  });
}

/** What can be made of a program at places of chance, each once. */
function refactored(text: string, language: string, path: string, chance: Random): readonly Made[] {
  const root = parse(language, text);
  assert.ok(root && !root.hasError, text);
  const made = new Map<string, Made>();
  // There are many more names than statements.
  const kinds = [...Map.groupBy([...walk(root)], (it) => it.type).values()];
  for (const node of Array.from({ length: NODES }, () => chance.pick(chance.pick(kinds))))
    for (const [id, options = {}] of IDS)
      for (const to of new Set([node.from, node.to])) {
        const plan = planned(id, { file: { path, text }, from: node.from, to, others: [] }, options, parse);
        // What could not be seen, as the calls of "main", is warned about.
        if (plan.kind === "refused" || plan.warnings.length > 0) continue;
        const after = withChanges(text, plan.files[0]?.changes ?? []);
        // What runs the program calls "main" from outside.
        if (/^(?:function|def) main\b/m.test(after)) made.set(`${id} ${after}`, { id, before: text, after });
      }
  return [...made.values()];
}

function commentsOf(text: string, language: string): readonly string[] {
  const root = parse(language, text);
  const all: readonly SyntaxNode[] = root ? [...walk(root)] : [];
  return all
    .filter(isComment)
    .map((it) => text.slice(it.from, it.to))
    .sort();
}
