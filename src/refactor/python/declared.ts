import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Declared } from "../code-rules.ts";
import { wholeLines } from "../lines.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { BUILT_IN } from "./built-in.ts";
import { isContinued, isOpenAtLineEnd } from "./places.ts";

/** The Python Language Reference, section 2.3.1, "Keywords". */
const KEYWORDS = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global " +
    "if import in is lambda nonlocal not or pass raise return try while with yield __debug__"
  ).split(" "),
);

/** Whether it may be the name of something new; in a class, a name of `__` at its beginning is another one. */
export function isName(name: string): boolean {
  if (/^__/.test(name) && !name.endsWith("__")) return false;
  return /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name) && !KEYWORDS.has(name);
}

/** `name = value`, in parentheses where the value's lines would end the statement. */
export function declaration(name: string, value: SyntaxNode, source: Source): string {
  const text = textOf(value, source);
  return `${name} = ${isOpenAtLineEnd(value, source) ? `(${text})` : text}`;
}

/** See `CodeRules.declared`. */
export function declared(name: SyntaxNode, source: Source): Declared | undefined {
  const { text } = source;
  const assignment = name.parent;
  const statement = assignment?.parent;
  const row = statement?.parent;
  if (assignment?.type !== "assignment" || name.field !== "left") return undefined;
  // Python's own stands for the name until then.
  if (row?.type === "module" && BUILT_IN.has(textOf(name, source))) return undefined;
  if (statement?.type !== "expression_statement" || parts(statement).length > 1) return undefined;
  const value = inField(assignment, "right");
  if (!row || !/^(module|block)$/.test(row.type) || row.parent?.type === "class_definition") return undefined;
  // `a = b = 1` declares two.
  if (!value || value.type === "assignment" || isContinued(value, source)) return undefined;
  const [first, second] = parts(row);
  // What stands first would be documentation.
  if (
    first === statement &&
    second?.type === "expression_statement" &&
    /string$/.test(parts(second)[0]?.type ?? "")
  )
    return undefined;
  // A body has to have a statement.
  if (row.type === "block" && !second) return { statement, value, remove: statement, instead: "pass" };
  return { statement, value, remove: upToNext(statement, text) };
}

/** The statement's lines, or in a line with others all up to the next one. */
function upToNext(statement: SyntaxNode, text: string): { readonly from: number; readonly to: number } {
  const sign = /^[ \t]*;[ \t]*/.exec(text.slice(statement.to));
  const to = statement.to + (sign?.[0].length ?? 0);
  return wholeLines({ from: statement.from, to }, text);
}
