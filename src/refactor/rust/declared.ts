import type { NameSpace } from "../../syntax/bindings.ts";
import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import type { Declared } from "../code-rules.ts";
import { wholeLines } from "../lines.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";

/** The Rust Reference, "Keywords", those that are reserved, too. */
const KEYWORDS = new Set(
  (
    "as break const continue crate else enum extern false fn for if impl in let loop match mod move mut pub ref return self " +
    "Self static struct super trait true type unsafe use where while async await dyn abstract become box do final macro " +
    "override priv typeof unsized virtual yield try gen union static_ _"
  ).split(" "),
);

/** Whether it may be the name of something new; a capital letter would make a constant of a pattern. */
export function isName(name: string, spaces: readonly NameSpace[] = ["value"]): boolean {
  if (!/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name) || KEYWORDS.has(name)) return false;
  return spaces.includes("type") || name === name.toUpperCase() || !/^\p{Lu}/u.test(name);
}

/** `let name = value;` */
export function declaration(name: string, value: SyntaxNode, source: Source): string {
  return `let ${name} = ${textOf(value, source)};`;
}

/** A constant at the top of a file, where the value says its type. */
export function topDeclaration(name: string, value: SyntaxNode, source: Source): string | undefined {
  const text = textOf(value, source);
  const type = typeOf(value.type, text);
  return type === undefined ? undefined : `const ${name}: ${type} = ${text};`;
}

function typeOf(kind: string, text: string): string | undefined {
  if (kind === "boolean_literal") return "bool";
  if (kind === "char_literal") return /^b/.test(text) ? "u8" : "char";
  if (/^(raw_)?string_literal$/.test(kind)) return /^[bc]/.test(text) ? undefined : "&str";
  return /_literal$/.test(kind) ? /[iuf](8|16|32|64|128|size)$/.exec(text)?.[0] : undefined;
}

/** See `CodeRules.declared`: a `let` of one name that stays as it is. */
export function declared(name: SyntaxNode, source: Source): Declared | undefined {
  const statement = name.parent;
  if (statement?.type !== "let_declaration" || name.field !== "pattern") return undefined;
  const value = inField(statement, "value");
  const isMutable = statement.children.some((it) => it.type === "mutable_specifier");
  if (!value || isMutable || inField(statement, "alternative") || statement.parent?.type !== "block")
    return undefined;
  const row = statement.parent.children.filter((it) => it.isNamed);
  if (row[row.indexOf(statement) - 1]?.type === "attribute_item") return undefined;
  return { statement, value, remove: wholeLines(statement, source.text) };
}
