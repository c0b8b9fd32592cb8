import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import { root } from "../../scripts/paths.ts";
import { type Parse, planned } from "../../src/refactor/engine.ts";
import type { Plan } from "../../src/refactor/plan.ts";
import { refactorings } from "../../src/refactor/refactorings/all.ts";
import { signatureOptions } from "../../src/refactor/signature/options.ts";
import { rulesOf } from "../../src/refactor/source.ts";
import { withChanges } from "../../src/text/changes.ts";
import { printed } from "./printed.ts";
import { parseFor } from "./source.ts";

interface Case {
  readonly id: string;
  readonly language: string;
  readonly refactoring: string;
  readonly pitfall: string;
  readonly files: Readonly<Record<string, string>>;
  readonly entry: string;
  readonly target: { readonly file: string; readonly start: number; readonly end: number };
  readonly params: Readonly<Record<string, unknown>> & { readonly newName?: string };
  readonly expect: "same-output" | "same-output-or-refuse";
  readonly expectedStdout: string;
}

const file = join(root, "../shared/cases/refactor-exec/cases.json");
const cases: readonly Case[] = existsSync(file)
  ? Object.values(JSON.parse(readFileSync(file, "utf8")) as Record<string, Case>)
  : [];
/** Where the files are said to lie. */
const FOLDER = "/project";

describe("a program that is refactored prints what it printed", () => {
  let parse: Parse;
  before(async () => {
    parse = await parseFor("javascript", "typescript", "python");
  });
  if (cases.length === 0) it("skipped: no cases");
  for (const it_ of cases.filter(isOurs))
    it(`${it_.id}: ${it_.pitfall}`, () => {
      const plan = planOf(it_, parse);
      if (plan.kind === "refused") {
        assert.equal(it_.expect, "same-output-or-refuse", `${plan.code}: ${plan.reason}`);
        return;
      }
      const after = filesAfter(it_.files, plan);
      assert.equal(printed(after, it_.entry), it_.expectedStdout, JSON.stringify(after, undefined, 1));
    });
});

/** Only of what is there for its language. */
function isOurs({ refactoring, language }: Case): boolean {
  return rulesOf(language) !== undefined && refactorings.some((it) => it.id === refactoring);
}

function planOf({ refactoring, files, target, params }: Case, parse: Parse) {
  const texts = Object.entries(files).map(([path, text]) => ({ path: `${FOLDER}/${path}`, text }));
  const at = texts.findIndex((it) => it.path === `${FOLDER}/${target.file}`);
  const [own] = texts.splice(at, 1);
  assert.ok(own);
  const request = { file: own, from: target.start, to: target.end, others: texts };
  const signature = signatureOptions(params);
  assert.ok(typeof signature !== "string", String(signature));
  const name = params.newName === undefined ? {} : { name: params.newName };
  return planned(refactoring, request, { ...name, ...signature }, parse);
}

function filesAfter(files: Readonly<Record<string, string>>, plan: Plan): Readonly<Record<string, string>> {
  const changed = plan.files.map(({ path, before: text = "", changes }) => [
    path.slice(FOLDER.length + 1),
    withChanges(text, changes),
  ]);
  return { ...files, ...Object.fromEntries(changed) };
}
