import type { Binding } from "../../syntax/bindings.ts";
import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Given } from "../extraction/has-value.ts";

/** See `NameRules.isEverSet`: all but a variable that is declared without a value (The Java Language Specification, chapter 16). */
export function isEverSet({ declarations }: Binding): boolean {
  return declarations.every(({ parent }) => {
    const isLocal =
      parent?.type === "variable_declarator" && parent.parent?.type === "local_variable_declaration";
    return !isLocal || inField(parent, "value") !== undefined;
  });
}

/** See `NameRules.givenBy`. */
export function givenBy(statement: SyntaxNode): Given | undefined {
  const names = namesGivenBy(statement);
  return names.length > 0 ? { names, from: statement.to, isCertain: true } : undefined;
}

function namesGivenBy(statement: SyntaxNode): readonly SyntaxNode[] {
  switch (statement.type) {
    case "local_variable_declaration":
      return parts(statement).flatMap((it) => {
        const name =
          it.type === "variable_declarator" && inField(it, "value") ? inField(it, "name") : undefined;
        return name ? [name] : [];
      });
    case "expression_statement":
      return assignedBy(parts(statement)[0]);
    default:
      return [];
  }
}

/** `a = b = 1`; in `a = a + 1` it is asked for before. */
function assignedBy(node: SyntaxNode | undefined): readonly SyntaxNode[] {
  if (node?.type !== "assignment_expression" || inField(node, "operator")?.type !== "=") return [];
  const left = inField(node, "left");
  const names = left?.type === "identifier" ? [left] : [];
  return [...names, ...assignedBy(inField(node, "right"))];
}
