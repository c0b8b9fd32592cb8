import type { NameSpace } from "../../syntax/bindings.ts";
import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Declared } from "../code-rules.ts";
import { wholeLines } from "../lines.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { withComma } from "../with-comma.ts";
import { declaredTypeFor, isConstantExpression } from "./declared-type.ts";

/** The Java Language Specification, section 3.9, "Keywords"; those that are so in some places only, too. */
const KEYWORDS = new Set(
  (
    "abstract assert boolean break byte case catch char class const continue default do double else enum extends false " +
    "final finally float for goto if implements import instanceof int interface long native new null package private " +
    "protected public return short static strictfp super switch synchronized this throw throws transient true try void " +
    "volatile while _ var yield record sealed permits"
  ).split(" "),
);

/** See `CodeRules.isName`. */
export function isName(name: string, _spaces?: readonly NameSpace[]): boolean {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) && !KEYWORDS.has(name);
}

/** See `CodeRules.declaration`: with its type where that is certain; a constant stays one (section 4.12.4). */
export function declaration(name: string, value: SyntaxNode, source: Source): string {
  const type = declaredTypeFor(value, source) ?? "var";
  const word = isConstantExpression(value, source) ? "final " : "";
  return `${word}${type} ${name} = ${textOf(value, source)};`;
}

/** See `CodeRules.declared`. */
export function declared(name: SyntaxNode, { text }: Source): Declared | undefined {
  const declarator = name.parent;
  const statement = declarator?.parent;
  if (declarator?.type !== "variable_declarator" || statement?.type !== "local_variable_declaration")
    return undefined;
  const value = inField(declarator, "value");
  const isInRow = /^(block|constructor_body)$/.test(statement.parent?.type ?? "");
  if (!value || value.type === "array_initializer" || !isInRow) return undefined;
  const all = parts(statement).filter((it) => it.type === "variable_declarator");
  const remove = all.length === 1 ? wholeLines(statement, text) : withComma(declarator, all);
  return { statement, value, remove };
}
