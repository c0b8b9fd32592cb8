import type { SyntaxNode } from "../syntax/tree.ts";

/** Calls `enter` for the node and all below it, in the order in which they stand; where it answers `false` it looks no deeper. */
export function visit(node: SyntaxNode, enter: (node: SyntaxNode) => boolean): void {
  if (!enter(node)) return;
  for (const it of node.children) visit(it, enter);
}

/** The node or, where it only wraps another, that one. */
export function unwrapped(node: SyntaxNode, isWrapper: (node: SyntaxNode) => boolean): SyntaxNode {
  let at = node;
  while (isWrapper(at)) {
    const inner = at.children.find((it) => it.isNamed && !/comment/.test(it.type));
    if (!inner) return at;
    at = inner;
  }
  return at;
}
