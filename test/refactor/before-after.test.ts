import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import { root } from "../../scripts/paths.ts";
import { type Parse, planned } from "../../src/refactor/engine.ts";
import type { Plan, Refusal } from "../../src/refactor/plan.ts";
import type { Options } from "../../src/refactor/refactoring.ts";
import { rulesOf } from "../../src/refactor/source.ts";
import { languageOf } from "../../src/syntax/language-of.ts";
import { withChanges } from "../../src/text/changes.ts";
import { typedRename } from "../../src/typescript/rename.ts";
import { typesAt } from "../../src/typescript/types-at.ts";
import { LIBRARIES, memoryDisk } from "../typescript/memory-disk.ts";
import { parseFor } from "./source.ts";

/** A refactoring of another tool: a text before and after. */
interface Case {
  readonly id: string;
  readonly language: string;
  readonly refactoring: string;
  readonly files: Readonly<Record<string, string>>;
  readonly target: { readonly file: string; readonly start: number; readonly end: number };
  readonly params: {
    readonly newName?: string;
    readonly replaceAll?: boolean;
    readonly scope?: string;
    readonly actionDescription?: string;
    readonly targetFile?: string;
  };
  readonly expect: { readonly kind: string; readonly files?: Readonly<Record<string, string>> };
  readonly compare: string;
  readonly goldenTrusted?: boolean;
}

/** Where the files are said to lie. */
const FOLDER = "/project";

/** For each source, how many of its edits come out the same here; it may only grow. */
const SAME: Readonly<Record<string, number>> = {
  "typescript/extract-constant": 34,
  "typescript/extract-function": 42,
  "typescript/inline-variable": 3,
  "typescript/move-symbol": 4,
  "typescript/move-symbol-to-new-file": 3,
  "typescript/rename": 39,
  "abracadabra/extract-variable": 28,
  "abracadabra/inline-function": 6,
  "abracadabra/inline-variable": 19,
  "gopls/extract-variable": 2,
  "gopls/rename": 7,
  "rust-analyzer/extract-variable": 2,
  "rust-analyzer/inline-variable": 2,
  "rust-analyzer/rename": 5,
};

describe("refactorings that other tools are tested by", () => {
  let parse: Parse;
  before(async () => {
    parse = await parseFor("javascript", "typescript", "tsx", "python", "go", "rust");
  });
  for (const [source, least] of Object.entries(SAME)) {
    const file = join(root, "../shared/cases/refactor", `${source}.json`);
    if (!existsSync(file)) it(`skipped: no ${source}`);
    else
      it(`${source}: at least ${least} come out the same`, () => {
        const all: readonly Case[] = JSON.parse(readFileSync(file, "utf8"));
        const ours = all.filter((it) => rulesOf(it.language) && it.goldenTrusted !== false);
        const same = ours.filter((it) => it.expect.kind === "edit" && isSame(it, planOf(it, parse)));
        assert.ok(same.length >= least, `${same.length}: ${same.map((it) => it.id).join(", ")}`);
      });
  }
});

function planOf({ refactoring: called, files, target, params }: Case, parse: Parse): Plan | Refusal {
  const refactoring = called.replace(/-to-new-file$/, "");
  const texts = Object.entries(files).map(([path, text]) => ({ path: placed(path), text }));
  const file = texts.find((it) => it.path === placed(target.file));
  assert.ok(file);
  const { newName: name, replaceAll, scope = params.actionDescription, targetFile } = params;
  const options: Options = {
    ...(name !== undefined && { name }),
    ...(replaceAll !== undefined && { replaceAll }),
    ...(scope !== undefined && { scope }),
    ...(targetFile !== undefined && { to: placed(targetFile) }),
  };
  const others = texts.filter((it) => it !== file && rulesOf(languageOf(it.path)?.id ?? ""));
  const request = { file, from: target.start, to: target.end, others };
  const plan = planned(refactoring, request, options, parse);
  if (plan.kind === "plan" && plan.untold?.length) {
    const disk = memoryDisk(Object.fromEntries(texts.map((it) => [it.path, it.text])));
    const told = typesAt({ file, at: plan.untold, root: FOLDER }, disk, LIBRARIES);
    return told.length === 0 ? plan : planned(refactoring, { ...request, told }, options, parse);
  }
  if (!/\.[cm]?[jt]sx?$/.test(file.path)) return plan;
  if (plan.kind === "plan" || plan.lacks !== "types" || plan.from === undefined || !name) return plan;
  const disk = memoryDisk(Object.fromEntries(texts.map((it) => [it.path, it.text])));
  const all = [file, ...others].map((it) => it.path);
  const typed = typedRename({ file, at: plan.from, name, others, all, root: FOLDER }, disk, LIBRARIES);
  return typed.kind === "refused" ? typed : planned(refactoring, { ...request, typed }, options, parse);
}

function placed(path: string): string {
  return `${FOLDER}/${path.replace(/^\//, "")}`;
}

function isSame({ expect, compare }: Case, plan: Plan | Refusal): boolean {
  if (plan.kind === "refused") return false;
  const after = new Map(plan.files.map((it) => [it.path, withChanges(it.before ?? "", it.changes)]));
  return Object.entries(expect.files ?? {}).every(([path, wanted]) => {
    const made = after.get(placed(path)) ?? "";
    return compare === "exact" ? made === wanted : [inOrder, byLine].some((as) => as(made) === as(wanted));
  });
}

/** Without blanks and signs that may be left out. */
function inOrder(text: string): string {
  return text.replace(/\s+|;/g, "").replace(/,(?=[)}\]])/g, "");
}

/** A declaration may stand elsewhere, and a constant be called a variable. */
function byLine(text: string): string {
  const lines = text
    .replace(/\b(let|var)\b/g, "const")
    .split("\n")
    .map(inOrder);
  return lines
    .filter((it) => it !== "")
    .sort()
    .join("\n");
}
