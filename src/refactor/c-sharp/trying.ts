import { walk } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { functionAround } from "../selection.ts";
import type { TryingRules } from "../trying/rules.ts";
import { declaresInRow, isUsing } from "./branching.ts";
import { isFunction } from "./places.ts";

/** `try` of C#: what is thrown again is the same, with the place where it was thrown (C# language specification, section 13.10.6). */
export const trying: TryingRules = {
  around: (name, source) => ({
    before: "try {",
    behind: [
      { text: `} catch (${exception(source)}${name === "" ? "" : ` ${name}`}) {`, isDeeper: false },
      { text: "throw;", isDeeper: true },
      { text: "}", isDeeper: false },
    ],
  }),
  cannotBeTried(statement, source) {
    if (!functionAround(statement, source)) return "it stands in no method";
    if (!/_statement$|^block$/.test(statement.type)) return "it is no statement";
    if (isUsing(statement)) return "what it has would be closed sooner";
    const all = [...walk(statement, (it) => it !== statement && isFunction(it))];
    if (all.some((it) => it.type === "yield_statement")) return "nothing may be yielded there";
    if (all.some((it) => /_directive$/.test(it.type))) return "a compiler may leave out a part of it";
    return isTaken(source) ? "System, or Exception, is something else in this file" : undefined;
  },
  declaresInRow,
};

function exception(source: Source): string {
  return source.root.children.some(
    (it) => it.type === "using_directive" && /^using\s+System\s*;$/.test(textOf(it, source)),
  )
    ? "Exception"
    : "System.Exception";
}

function isTaken(source: Source): boolean {
  return source.bindings().all.some((it) => /^(System|Exception)$/.test(it.name));
}
