import { inField, nearest, type SyntaxNode } from "../syntax/tree.ts";

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
  if (isInDirective(node)) return false;
  // What is named like a word may be anybody's.
  const signs = operatorOf(node)?.isNamed ? /^(&&|\|\|)$/ : /^(&&|\|\||and|or)$/;
  return signs.test(operatorIn(node, text));
}

/** Whether it is decided before the program runs: `#if A && B`. */
export function isInDirective({ parent }: SyntaxNode): boolean {
  const around = nearest(parent, (it) => !WITHIN.test(it.type));
  return DIRECTIVE.test(around?.type ?? "");
}

const WITHIN =
  /^(binary|unary|prefix_unary|parenthesized|call)_expression$|^(argument_list|preproc_call_expression|preproc_argument_list|preproc_defined)$/;
const DIRECTIVE = /^preproc_(el)?if$|^(el)?if_directive$/;
const SIGN = /^([-+*/%&|^<>=!?]+|and|or)$/;
