import { inField, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Given, NameRules } from "../extraction/has-value.ts";
import { isIn, type Part, sees } from "../extraction/part.ts";
import type { Home } from "../extraction/rules.ts";
import type { Source } from "../refactoring.ts";

/** How names have values in JavaScript and TypeScript: see `ExtractionRules.names`. */
export function names({ container }: Home, _part: Part, _source: Source): NameRules {
  return {
    // Type parameters are declared anew, by `typeParameters`.
    isShared: ({ scope, declarations, kind, spaces }, part) =>
      !declarations.some((it) => isIn(part, it)) &&
      (sees(container, scope) || (kind === "type" && spaces.length === 1)),
    isFresh: ({ declarations }) => !declarations.some((it) => isVar(it)),
    isEverSet: () => true,
    givenBy,
    isSeenElsewhere: () => false,
  };
}

function givenBy(statement: SyntaxNode): Given | undefined {
  if (/^(function|generator_function|class)_declaration$/.test(statement.type)) {
    const name = inField(statement, "name");
    return name && { names: [name], from: statement.from, isCertain: true };
  }
  const targets = targetsOf(statement).filter((it) => it.type === "identifier");
  return targets.length === 0 ? undefined : { names: targets, from: statement.to, isCertain: true };
}

function targetsOf(statement: SyntaxNode): readonly SyntaxNode[] {
  if (/^(lexical|variable)_declaration$/.test(statement.type))
    return statement.children.flatMap((it) => (inField(it, "value") && inField(it, "name")) ?? []);
  const [assigned] = parts(statement);
  const left =
    statement.type === "expression_statement" &&
    assigned?.type === "assignment_expression" &&
    inField(assigned, "left");
  return left ? [left] : [];
}

/** Whether it is a `var`, in whatever place. */
export function isVar(name: SyntaxNode): boolean {
  return (
    statementOf(name)?.type === "variable_declaration" ||
    nearest(
      name,
      (it) => it.field === "left" && it.parent?.type === "for_in_statement",
    )?.parent?.children.some((it) => it.type === "var") === true
  );
}

/** The declaration that a declared name stands in. */
export function statementOf(name: SyntaxNode): SyntaxNode | undefined {
  return nearest(name, (it) => /_declaration$/.test(it.type) || it.type === "class");
}
