import type { SyntaxNode } from "../syntax/tree.ts";

/** Calls `enter` for the node and all below it, in the order in which they stand; where it answers `false` it looks no deeper. */
export function visit(node: SyntaxNode, enter: (node: SyntaxNode) => boolean): void {
  if (!enter(node)) return;
  for (const it of node.children) visit(it, enter);
}
