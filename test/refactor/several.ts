import assert from "node:assert/strict";
import { type Parse, planned } from "../../src/refactor/engine.ts";
import { withChanges } from "../../src/text/changes.ts";

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
  const plain = unmarked(files);
  const marked = Object.entries(files).find(([, text]) => text.includes("«"));
  assert.ok(marked);
  const [path, text] = marked;
  const [from, end] = [text.indexOf("«"), text.indexOf("»") - 1];
  const others = Object.entries(plain).flatMap(([at, it]) =>
    at === path ? [] : [{ path: `${FOLDER}/${at}`, text: it }],
  );
  const request = { file: { path: `${FOLDER}/${path}`, text: plain[path] ?? "" }, from, to: end, others };
  const plan = planned("move-symbol", request, to === undefined ? {} : { to: `${FOLDER}/${to}` }, parse);
  if (plan.kind === "refused") return plan.code;
  const changed = plan.files.map((it) => [
    it.path.slice(FOLDER.length + 1),
    withChanges(it.before ?? "", it.changes),
  ]);
  return { ...plain, ...Object.fromEntries(changed) };
}
