import { inField, type SyntaxNode } from "../syntax/tree.ts";

/** The sign or word of an operation with two operands. */
export function operatorOf(node: SyntaxNode): SyntaxNode | undefined {
  return inField(node, "operator") ?? node.children.find((it) => !it.isNamed && SIGN.test(it.type));
}

/** As it is written. */
export function operatorIn(node: SyntaxNode, text: string): string {
  const it = operatorOf(node);
  return it ? text.slice(it.from, it.to) : "";
}

/** Whether both sides are truths and the right one may not be asked. */
export function isLogical(node: SyntaxNode, text: string): boolean {
  // What is named like a word may be anybody's.
  const signs = operatorOf(node)?.isNamed ? /^(&&|\|\|)$/ : /^(&&|\|\||and|or)$/;
  return signs.test(operatorIn(node, text));
}

const SIGN = /^([-+*/%&|^<>=!?]+|and|or)$/;
