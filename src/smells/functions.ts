import { inField, type SyntaxNode } from "../syntax/tree.ts";
import type { Examined, FunctionPart } from "./smell.ts";
import type { SmellRules } from "./smell-rules.ts";
import { visit } from "./visit.ts";
import { shown } from "./words.ts";

/** All functions of a file that have a body and no syntax error. */
export function functionsOf({ root, text }: Examined["source"], rules: SmellRules): readonly FunctionPart[] {
  const found: FunctionPart[] = [];
  visit(root, (node) => {
    const body = rules.roleOf(node, text) === "function" ? bodyOf(node) : undefined;
    if (body && !node.hasError) found.push({ node, body, ...called(node, body, text, rules) });
    return true;
  });
  return found;

  function bodyOf(fn: SyntaxNode): SyntaxNode | undefined {
    return rules.bodyOf ? rules.bodyOf(fn) : inField(fn, "body");
  }
}

function called(
  node: SyntaxNode,
  body: SyntaxNode,
  text: string,
  rules: SmellRules,
): Pick<FunctionPart, "title" | "head"> {
  const name = rules.nameOf?.(node) ?? nameOf(node);
  // Where a name is missing, a parser may put one of no signs.
  if (name && name.from < name.to)
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
