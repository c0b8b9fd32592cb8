import type { Binding } from "../../syntax/bindings.ts";
import { nearest, type SyntaxNode } from "../../syntax/tree.ts";
import type { Namesakes } from "../code-rules.ts";
import { textOf } from "../names.ts";
import type { Place } from "../refactoring.ts";
import { isFunction } from "./places.ts";

/** `@param name`, `@param {type} [name]` (JSDoc, "@param"): what stands before the name, and the name. */
const PARAMETER = /(@(?:param|arg|argument)\s+(?:\{[^\n]*?\}\s+)?\[?)([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu;

/** What a statement stands in, from the function up to what a comment is written before. */
const AROUND =
  /^(variable_declarator|lexical_declaration|variable_declaration|assignment_expression|expression_statement|export_statement|pair|public_field_definition|field_definition)$/;

/** See `CodeRules.namesakes`: a parameter's name in the comment that documents its function. */
export function namesakes({ kind, name, declarations }: Binding, { source }: Place): Namesakes {
  const [declaration] = declarations;
  const owner = kind === "parameter" && declaration && nearest(declaration, isFunction);
  const comment = owner && documentationOf(owner);
  if (!comment) return { names: [], warnings: [] };
  const found = [...textOf(comment, source).matchAll(PARAMETER)].filter((it) => it[2] === name);
  const names = found.map((it): SyntaxNode => {
    const from = comment.from + it.index + (it[1]?.length ?? 0);
    return { ...comment, from, to: from + name.length };
  });
  return { names, warnings: [] };
}

function documentationOf(owner: SyntaxNode): SyntaxNode | undefined {
  let at = owner;
  while (at.parent && AROUND.test(at.parent.type)) at = at.parent;
  const row = at.parent?.children.filter((it) => it.isNamed) ?? [];
  const before = row[row.indexOf(at) - 1];
  return before?.type === "comment" ? before : undefined;
}
