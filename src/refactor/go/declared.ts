import { allInField, inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Declared } from "../code-rules.ts";
import { wholeLines } from "../lines.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { functionAround, isRow, statementInRow } from "../selection.ts";
import { kindOf } from "./kinds.ts";

/** The Go Programming Language Specification, "Keywords", "Predeclared identifiers": the latter may be declared, but nobody should. */
const TAKEN = new Set(
  (
    "break default func interface select case defer go map struct chan else goto package switch const fallthrough if " +
    "range type continue for import return var _ any bool byte comparable complex64 complex128 error float32 float64 int " +
    "int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr true false iota nil append cap clear " +
    "close complex copy delete imag len make max min new panic print println real recover"
  ).split(" "),
);

/** Whether it may be the name of something new. */
export function isName(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name) && !TAKEN.has(name);
}

/** A constant, where the value is one without a type, so that it is still without; else a variable. */
export function declaration(name: string, value: SyntaxNode, source: Source): string {
  const text = textOf(value, source);
  if (kindOf(value, source) === "constant") return `const ${name} = ${text}`;
  const isInFunction =
    functionAround(value, source) !== undefined && statementInRow(value, source) !== undefined;
  return isInFunction ? `${name} := ${text}` : `var ${name} = ${text}`;
}

/** See `CodeRules.declared`. */
export function declared(name: SyntaxNode, source: Source): Declared | undefined {
  const holder = declarationOf(name);
  const statement = holder?.statement;
  if (!holder || !statement?.parent || !isRow(statement.parent)) return undefined;
  const { from, to } = statement;
  const sign = /^[ \t]*;[ \t]*/.exec(source.text.slice(to))?.[0] ?? "";
  return { statement, value: holder.value, remove: wholeLines({ from, to: to + sign.length }, source.text) };
}

/** The declaration of one name with one value; `type`: the one that is written. */
export function declarationOf(
  name: SyntaxNode,
):
  | { readonly statement: SyntaxNode; readonly value: SyntaxNode; readonly type: SyntaxNode | undefined }
  | undefined {
  const { parent } = name;
  if (parent?.type === "expression_list" && parent.parent?.type === "short_var_declaration") {
    const value = onlyOne(inField(parent.parent, "right"));
    const isFirst = parent.field === "left" && parts(parent).length === 1;
    return value && isFirst ? { statement: parent.parent, value, type: undefined } : undefined;
  }
  const statement = parent?.parent;
  if (!parent || !/^(var|const)_spec$/.test(parent.type) || !statement) return undefined;
  // In a list of constants, the next one may repeat the value.
  const isAlone = /^(var|const)_declaration$/.test(statement.type) && parts(statement).length === 1;
  const value = onlyOne(inField(parent, "value"));
  if (!isAlone || !value || allInField(parent, "name").length !== 1) return undefined;
  return { statement, value, type: inField(parent, "type") };
}

function onlyOne(list: SyntaxNode | undefined): SyntaxNode | undefined {
  const all = list?.type === "expression_list" ? parts(list) : [];
  return all.length === 1 ? all[0] : undefined;
}
