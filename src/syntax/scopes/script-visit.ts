import type { SyntaxNode } from "../tree.ts";
import type { OpenScope, ScopeBuilder } from "./builder.ts";

/** What goes on while the nodes of a file are visited. */
export interface Visit {
  readonly builder: ScopeBuilder;
  /** Visits a node, or each of the children that are not `besides`. */
  readonly visit: (node: SyntaxNode | undefined, scope: OpenScope) => void;
  readonly within: (
    node: SyntaxNode,
    scope: OpenScope,
    besides?: readonly (SyntaxNode | undefined)[],
  ) => void;
}

/** What is done with one kind of node. */
export type Handler = (node: SyntaxNode, scope: OpenScope, visit: Visit) => void;

/** The scope in which `var` declares. */
export function functionScope(scope: OpenScope): OpenScope {
  let at = scope;
  while (at.parent && at.kind !== "function" && at.kind !== "module") at = at.parent;
  return at;
}

/** Whether a declaration is exported where it stands. */
export function isExported(node: SyntaxNode): boolean {
  return node.parent?.type === "export_statement";
}
