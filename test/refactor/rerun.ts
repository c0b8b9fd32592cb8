import { type Parse, planned } from "../../src/refactor/engine.ts";
import type { Options } from "../../src/refactor/refactoring.ts";
import { withChanges } from "../../src/text/changes.ts";
import { printed } from "./printed.ts";

/** A text after a refactoring of what stands between `«` and `»` in it, or the code of its refusal. */
export function after(parse: Parse, id: string, path: string, marked: string, options: Options = {}): string {
  const [from, end] = [marked.indexOf("«"), marked.indexOf("»") - 1];
  const text = marked.replace(/[«»]/g, "");
  const plan = planned(id, { file: { path, text }, from, to: end, others: [] }, options, parse);
  return plan.kind === "refused" ? plan.code : withChanges(text, plan.files[0]?.changes ?? []);
}

/** The same, run before and after: "same" where it changed and prints the same, the code of the refusal, or what went wrong. */
export function rerun(
  parse: Parse,
  id: string,
  extension: string,
  marked: string,
  options: Options = {},
): string {
  const entry = `main.${extension}`;
  const made = after(parse, id, `/p/${entry}`, marked, options);
  if (/^[\w.-]+$/.test(made)) return made;
  const before = marked.replace(/[«»]/g, "");
  const [was, is] = [before, made].map((it) => printed({ [entry]: it }, entry));
  if (made === before) return "nothing changed";
  return was === is ? "same" : `${is}, not ${was}: ${made}`;
}
