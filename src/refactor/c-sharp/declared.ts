import type { NameSpace } from "../../syntax/bindings.ts";
import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Declared } from "../code-rules.ts";
import { wholeLines } from "../lines.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { withComma } from "../with-comma.ts";
import { declaredTypeFor } from "./declared-type.ts";
import { givenValue, hasModifier } from "./places.ts";

/** C# language specification, section 6.4.4, "Keywords"; those that are so in some places only, too, and names that some places give. */
const KEYWORDS = new Set(
  (
    "abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else " +
    "enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long " +
    "namespace new null object operator out override params private protected public readonly ref return sbyte sealed short " +
    "sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual " +
    "void volatile while add alias and args ascending async await by descending dynamic equals field file from get global group " +
    "init into join let managed nameof nint not notnull nuint on or orderby partial record remove required scoped select set " +
    "unmanaged value var when where with yield _"
  ).split(" "),
);

/** See `CodeRules.isName`. */
export function isName(name: string, _spaces?: readonly NameSpace[]): boolean {
  return /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Pc}\p{Mn}\p{Mc}]*$/u.test(name) && !KEYWORDS.has(name);
}

/** See `CodeRules.declaration`. */
export function declaration(name: string, value: SyntaxNode, source: Source): string {
  return `${declaredTypeFor(value, source) ?? "var"} ${name} = ${textOf(value, source)};`;
}

/** See `CodeRules.declared`: not what is closed at the end of its block, nor another name of a variable. */
export function declared(name: SyntaxNode, { text }: Source): Declared | undefined {
  const declarator = name.parent;
  const list = declarator?.parent;
  const statement = list?.parent;
  if (declarator?.type !== "variable_declarator" || declarator.children[0] !== name) return undefined;
  if (statement?.type !== "local_declaration_statement" || statement.parent?.type !== "block")
    return undefined;
  const value = givenValue(declarator);
  const isSpecial =
    statement.children.some((it) => /^(using|await)$/.test(it.type)) || hasModifier(statement, /^ref$/);
  const type = list && inField(list, "type");
  if (
    !value ||
    !list ||
    isSpecial ||
    type?.type === "ref_type" ||
    /^(initializer|ref)_expression$/.test(value.type)
  )
    return undefined;
  const all = parts(list).filter((it) => it.type === "variable_declarator");
  const remove = all.length === 1 ? wholeLines(statement, text) : withComma(declarator, all);
  return { statement, value, remove };
}
