import type { SyntaxNode } from "../tree.ts";
import type { OpenScope } from "./builder.ts";

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
