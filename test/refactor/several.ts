import assert from "node:assert/strict";
import { type Parse, planned } from "../../src/refactor/engine.ts";
import type { Options } from "../../src/refactor/refactoring.ts";
import { withChanges } from "../../src/text/changes.ts";
import { printed } from "./printed.ts";

/** Where the files of a program are said to lie. */
const FOLDER = "/p";

/** Texts by their paths, from the folder of the program. */
export type Files = Readonly<Record<string, string>>;

/** The program with its marks, `«` and `»` around what is selected in one of the files, taken out. */
export function unmarked(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replace(/[«»]/g, "")]));
}

/** The program after a move of what is marked, or the code of the refusal; `to`: a path in it. */
export function afterMove(files: Files, to: string | undefined, parse: Parse): Files | string {
  return afterAll("move-symbol", files, to === undefined ? {} : { to: `${FOLDER}/${to}` }, parse);
}

/** The program after a refactoring of what is marked, or the code of the refusal. */
export function afterAll(id: string, files: Files, options: Options, parse: Parse): Files | string {
  const plain = unmarked(files);
  const marked = Object.entries(files).find(([, text]) => text.includes("«"));
  assert.ok(marked);
  const [path, text] = marked;
  const [from, end] = [text.indexOf("«"), text.indexOf("»") - 1];
  const others = Object.entries(plain).flatMap(([at, it]) =>
    at === path ? [] : [{ path: `${FOLDER}/${at}`, text: it }],
  );
  const request = { file: { path: `${FOLDER}/${path}`, text: plain[path] ?? "" }, from, to: end, others };
  const plan = planned(id, request, options, parse);
  if (plan.kind === "refused") return plan.code;
  const inFolder = (it: string) => it.slice(FOLDER.length + 1);
  const gone = plan.files.filter((it) => it.isRemoved).map((it) => inFolder(it.path));
  const changed = plan.files
    .filter((it) => !it.isRemoved)
    .map((it) => [inFolder(it.path), withChanges(it.before ?? "", it.changes)] as const);
  const kept = Object.entries(plain).filter(([at]) => !gone.includes(at));
  return Object.fromEntries([...kept, ...changed]);
}

/** What the move leads to ("moved" or the code of the refusal), what it is about, the target, the files; those whose names begin with "run" are run. */
export type MovedProgram = readonly [string, string, string | undefined, Files];

/** "moved" where Node prints the same of the program before and after, the code of a refusal, or what went wrong. */
export function outcome([, , to, files]: MovedProgram, parse: Parse): string {
  const after = afterMove(files, to, parse);
  if (typeof after === "string") return after;
  const before = unmarked(files);
  const entries = Object.keys(before).filter((it) => it.startsWith("run"));
  const wrong = entries.find((it) => printed(after, it) !== printed(before, it));
  if (wrong === undefined) return "moved";
  return `${printed(after, wrong)}, not ${printed(before, wrong)}: ${JSON.stringify(after, undefined, 1)}`;
}
