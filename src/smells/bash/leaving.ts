import { inField, nearest, type SyntaxNode } from "../../syntax/tree.ts";

/** See `SmellRules.leaves`. */
export function leaves(statement: SyntaxNode, text: string): boolean {
  const name = statement.type === "command" ? inField(statement, "name") : undefined;
  const next = statement.parent?.children.find((it) => it.from >= statement.to);
  if (!name || next?.type === "&") return false;
  const around = (types: RegExp) => nearest(statement, (it) => types.test(it.type)) !== undefined;
  switch (text.slice(name.from, name.to)) {
    case "exit":
      return true;
    // Outside of functions and loops these fail, and the script goes on.
    case "return":
      return around(/^function_definition$/);
    case "break":
    case "continue":
      return around(/^do_group$/);
    default:
      return false;
  }
}

/** Whether it is what a condition runs: a statement behind `then`. */
export function isBehindThen({ type, parent, from }: SyntaxNode): boolean {
  if (!/^(if_statement|elif_clause)$/.test(parent?.type ?? "") || /^(elif|else)_clause$/.test(type))
    return false;
  return parent?.children.some((it) => it.type === "then" && it.to <= from) === true;
}
