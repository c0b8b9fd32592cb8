import type { NameSpace } from "../../syntax/bindings.ts";
import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Declared } from "../code-rules.ts";
import { wholeLines } from "../lines.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { withComma } from "../with-comma.ts";
import { destructured } from "./destructured.ts";
import { isFunction } from "./places.ts";

/** Words that are no names in modules and strict code (ECMA-262, section 12.7.2). */
const RESERVED = new Set(
  (
    "await break case catch class const continue debugger default delete do else enum export extends false finally " +
    "for function if import in instanceof new null return super switch this throw true try typeof var void while " +
    "with yield let static implements interface package private protected public eval arguments undefined NaN Infinity"
  ).split(" "),
);

/** Names of types that no declaration may have (TypeScript, "Type alias name cannot be"). */
const PREDEFINED = /^(any|unknown|never|void|string|number|boolean|bigint|symbol|object|undefined|null)$/;

/** Whether it may be the name of something new. */
export function isName(name: string, spaces: readonly NameSpace[] = ["value"]): boolean {
  if (spaces.includes("type") && PREDEFINED.test(name)) return false;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name) && !RESERVED.has(name);
}

/** See `CodeRules.declaration`. */
export function declaration(name: string, value: SyntaxNode, source: Source): string {
  // A comma would begin the next variable.
  const [target, from] = memberOf(value, name, source) ?? [name, value];
  return `const ${target} = ${textOf(from, source)}${statementEnd(source)}`;
}

/** `{ name }` and the object, where the value is its member of that name. */
function memberOf(
  value: SyntaxNode,
  name: string,
  source: Source,
): readonly [string, SyntaxNode] | undefined {
  if (value.type !== "member_expression" || value.children.some((it) => it.type === "optional_chain"))
    return undefined;
  const [object, property] = [inField(value, "object"), inField(value, "property")];
  const isIt = property?.type === "property_identifier" && textOf(property, source) === name;
  // An object literal or a function at the beginning is one of its own there, too.
  return isIt && object && object.type !== "super" ? [`{ ${name} }`, object] : undefined;
}

/** A file in which fewer statements end in ";" than not is written without. */
export function statementEnd({ root }: Source): "" | ";" {
  const simple = parts(root).filter(
    (it) =>
      /^(lexical_declaration|expression_statement|import_statement)$/.test(it.type) &&
      it.children[0]?.type !== "internal_module",
  );
  const closed = simple.filter((it) => it.children.at(-1)?.type === ";").length;
  return closed * 2 >= simple.length ? ";" : "";
}

/** See `CodeRules.declared`. */
export function declared(name: SyntaxNode, source: Source): Declared | undefined {
  const taken = destructured(name, source);
  if (!taken) return name.field === "name" && name.parent ? declaredBy(name.parent, source) : undefined;
  const whole = declaredBy(taken.declarator, source);
  if (!whole) return undefined;
  const { value, text, entry, kept } = taken;
  const { statement } = whole;
  if (entry && kept !== undefined) return { statement, value, text, remove: entry, instead: kept };
  return { statement, value, text, remove: entry ? listed(entry) : whole.remove };
}

function declaredBy(declarator: SyntaxNode, { text }: Source): Declared | undefined {
  const list = declarator.parent;
  if (declarator.type !== "variable_declarator" || !list) return undefined;
  const value = inField(declarator, "value");
  const isInRow = /^(program|statement_block)$/.test(list.parent?.type ?? "");
  // `var` belongs to its function: declared further in, it has uses outside of its block and its loop.
  const isLoose =
    list.type === "variable_declaration" && list.parent?.parent && !isFunction(list.parent.parent);
  if (!value || !isInRow || isLoose) return undefined;
  const isAlone = list.children.filter((it) => it.type === "variable_declarator").length === 1;
  return { statement: list, value, remove: isAlone ? wholeLines(list, text) : listed(declarator) };
}

/** What goes with one of several, its comma. */
function listed(one: SyntaxNode): { readonly from: number; readonly to: number } {
  const all = parts(one.parent ?? one).filter(
    (it) => it.type === one.type || one.parent?.type === "object_pattern",
  );
  return withComma(one, all);
}
