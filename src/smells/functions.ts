import type { Source } from "../refactor/refactoring.ts";
import { inField, type SyntaxNode } from "../syntax/tree.ts";
import type { FunctionPart } from "./smell.ts";
import type { SmellRules } from "./smell-rules.ts";
import { visit } from "./visit.ts";
import { shown } from "./words.ts";

/** All functions of a file that have a body and no syntax error. */
export function functionsOf({ root, text }: Source, rules: SmellRules): readonly FunctionPart[] {
  const found: FunctionPart[] = [];
  visit(root, (node) => {
    const body = rules.roleOf(node) === "function" ? inField(node, "body") : undefined;
    if (body && !node.hasError) found.push({ node, body, ...called(node, body, text) });
    return true;
  });
  return found;
}

function called(node: SyntaxNode, body: SyntaxNode, text: string): Pick<FunctionPart, "title" | "head"> {
  const name = nameOf(node);
  if (name)
    return { title: `"${shown(text.slice(name.from, name.to))}"`, head: { from: name.from, to: name.to } };
  const start = text.slice(node.from, body.from).trimEnd();
  return { title: "This function", head: { from: node.from, to: node.from + Math.max(1, start.length) } };
}

/** The node of its name; for a function without one that of the variable or member that it is given to. */
function nameOf(node: SyntaxNode): SyntaxNode | undefined {
  const own = inField(node, "name");
  if (own || (node.field !== "value" && node.field !== "right")) return own;
  const { parent } = node;
  const target =
    parent &&
    (inField(parent, "name") ??
      inField(parent, "key") ??
      inField(parent, "property") ??
      inField(parent, "left"));
  return target === node ? undefined : target;
}
