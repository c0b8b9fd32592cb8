import { parts, type SyntaxNode } from "../syntax/tree.ts";
import type { Source } from "./refactoring.ts";
import { namesIn } from "./selection.ts";
import { isSteady } from "./steady.ts";

/** Why a node is not evaluated exactly once whenever `statement` is, as the end of a sentence; `undefined`: it is. */
export function lazyWithin(node: SyntaxNode, statement: SyntaxNode, { rules }: Source): string | undefined {
  for (let at = node; at !== statement; at = at.parent ?? statement) {
    const why = rules.notAlways(at);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** What `statement` evaluates before the node, outermost first. */
export function evaluatedBefore(
  node: SyntaxNode,
  statement: SyntaxNode,
  source: Source,
): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let at = node; at !== statement && at.parent; at = at.parent) {
    const all = source.rules.inOrder?.(at.parent) ?? parts(at.parent);
    const here = all.indexOf(at);
    found.unshift(...all.slice(0, Math.max(0, here)).filter((it) => !isTarget(it, source)));
  }
  return found;
}

/** A name that is only given a value, a declared one or the label of something is not evaluated. */
function isTarget(node: SyntaxNode, source: Source): boolean {
  if (/pattern|type_annotation|predefined_type|^(private_)?property_identifier$|^type$/.test(node.type))
    return true;
  if (
    (node.field === "key" && node.children.length === 0) ||
    (node.field === "name" && node.parent?.type !== "call")
  )
    return true;
  if (node.children.length > 0) return false;
  const names = namesIn(node, source);
  if (names.length === 0) return source.bindings().at(node) !== undefined;
  return names.every((it) => it.access === "write");
}

/**
 * Whether the expression may be evaluated at the very beginning of its statement instead: what is evaluated before it
 * neither changes its value nor is changed by it.
 */
export function mayMoveToStart(node: SyntaxNode, statement: SyntaxNode, source: Source): boolean {
  const before = evaluatedBefore(node, statement, source);
  if (before.every((it) => isSteady(it, statement, source))) return true;
  const { effectOf, mayFail } = source.rules;
  if (isSteady(node, statement, source) && !mayFail?.(node, source)) return true;
  return [node, ...before].every((it) => effectOf(it, source) !== "acts");
}
