import type { SyntaxNode } from "../tree.ts";
import type { OpenScope, ScopeBuilder } from "./builder.ts";

/** What goes on while the nodes of a file are visited. */
export interface Visit {
  readonly builder: ScopeBuilder;
  /** Does with a node what its kind asks for. */
  readonly visit: (node: SyntaxNode | undefined, scope: OpenScope) => void;
  /** Visits the children that are not `besides`. */
  readonly within: (
    node: SyntaxNode,
    scope: OpenScope,
    besides?: readonly (SyntaxNode | undefined)[],
  ) => void;
}

/** What is done with one kind of node; a language may hand on more than `Visit`. */
export type Handler<V extends Visit = Visit> = (node: SyntaxNode, scope: OpenScope, visit: V) => void;

/** A visit that does what `handlers` say, by type of node, and goes through all others. */
export function visitWith<V extends Visit>(
  builder: ScopeBuilder,
  handlers: ReadonlyMap<string, Handler<V>>,
  complete: (visit: Visit) => V,
): V {
  const whole = complete({ builder, visit, within });
  return whole;

  function visit(node: SyntaxNode | undefined, scope: OpenScope): void {
    if (!node) return;
    const handler = handlers.get(node.type);
    if (handler) handler(node, scope, whole);
    else within(node, scope);
  }

  function within(node: SyntaxNode, scope: OpenScope, besides?: readonly (SyntaxNode | undefined)[]): void {
    for (const it of node.children) if (!besides?.includes(it)) visit(it, scope);
  }
}
