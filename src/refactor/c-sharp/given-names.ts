import type { Binding } from "../../syntax/bindings.ts";
import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Given } from "../extraction/has-value.ts";
import { givenValue, isPlain } from "./places.ts";

/** See `NameRules.isEverSet`: all but variables that are declared without a value, and those that a pattern or an argument may give (C# language specification, section 9.4). */
export function isEverSet({ declarations }: Binding): boolean {
  return declarations.every(({ parent }) => {
    if (parent?.type === "variable_declarator")
      return (
        parent.parent?.parent?.type !== "local_declaration_statement" || givenValue(parent) !== undefined
      );
    return !/^(declaration_expression|declaration_pattern|var_pattern|recursive_pattern|parenthesized_variable_designation|tuple_pattern)$/.test(
      parent?.type ?? "",
    );
  });
}

/** See `NameRules.givenBy`. */
export function givenBy(statement: SyntaxNode): Given | undefined {
  const names = namesGivenBy(statement);
  return names.length > 0 ? { names, from: statement.to, isCertain: true } : undefined;
}

function namesGivenBy(statement: SyntaxNode): readonly SyntaxNode[] {
  switch (statement.type) {
    case "local_declaration_statement":
      return parts(statement)
        .flatMap((it) => (it.type === "variable_declaration" ? parts(it) : []))
        .flatMap((it) => {
          const [name] = it.children;
          return it.type === "variable_declarator" && name?.type === "identifier" && givenValue(it)
            ? [name]
            : [];
        });
    case "expression_statement":
      return assignedBy(parts(statement)[0]);
    default:
      return [];
  }
}

/** `a = b = 1`; in `a = a + 1` it is asked for before. */
function assignedBy(node: SyntaxNode | undefined): readonly SyntaxNode[] {
  if (node?.type !== "assignment_expression" || !isPlain(node)) return [];
  const left = inField(node, "left");
  return [...(left?.type === "identifier" ? [left] : []), ...assignedBy(inField(node, "right"))];
}
