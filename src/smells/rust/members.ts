import { inField, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";

/** `_ =>` without a condition. */
export function isFallback(arm: SyntaxNode): boolean {
  const pattern = inField(arm, "pattern");
  return pattern?.children.length === 1 && pattern.children[0]?.type === "_";
}

/** Whether a trait says how a function is called. */
export function isOfTrait(fn: SyntaxNode): boolean {
  const type = fn.parent?.parent;
  return type?.type === "impl_item" && inField(type, "trait") !== undefined;
}

/** Whether an attribute stands before a statement: it may say that it is not compiled. */
export function hasAttribute({ parent, from }: SyntaxNode): boolean {
  const before = parent && parts(parent).findLast((it) => it.to <= from);
  return before?.type === "attribute_item";
}

/** Whether a node lies in a module "tests", as they stand at the end of a file (The Rust Programming Language, 11.3). */
export function isInTests(node: SyntaxNode, text: string): boolean {
  const around = nearest(node, (it) => {
    const name = it.type === "mod_item" ? inField(it, "name") : undefined;
    return name !== undefined && /^tests?$/.test(text.slice(name.from, name.to));
  });
  return around !== undefined;
}

/** See `SmellRules.ownName`. */
export function ownName(method: SyntaxNode): string | undefined {
  const list = method.type === "function_item" ? inField(method, "parameters") : undefined;
  return list?.children.some((it) => it.type === "self_parameter") ? "self" : undefined;
}
