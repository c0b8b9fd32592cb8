import { inField, nearest, type SyntaxNode } from "../../syntax/tree.ts";

/** See `SmellRules.leaves`. */
export function leaves(statement: SyntaxNode, text: string): boolean {
  const name = statement.type === "command" ? inField(statement, "name") : undefined;
  return name !== undefined && ends(text.slice(name.from, name.to), statement) && !isAside(statement);
}

function ends(command: string, statement: SyntaxNode): boolean {
  const isIn = (type: string) => nearest(statement, (it) => it.type === type) !== undefined;
  switch (command) {
    case "exit":
      return true;
    // Outside of functions and loops these fail, and the script goes on.
    case "return":
      return isIn("function_definition");
    case "break":
    case "continue":
      return isIn("do_group");
    default:
      return false;
  }
}

/** `exit &`. */
function isAside({ parent, to }: SyntaxNode): boolean {
  return parent?.children.find((it) => it.from >= to)?.type === "&";
}

/** Whether it is what a condition runs: a statement behind `then`. */
export function isBehindThen({ type, parent, from }: SyntaxNode): boolean {
  if (!/^(if_statement|elif_clause)$/.test(parent?.type ?? "") || /^(elif|else)_clause$/.test(type))
    return false;
  return parent?.children.some((it) => it.type === "then" && it.to <= from) === true;
}
