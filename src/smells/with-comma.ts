import type { SyntaxNode } from "../syntax/tree.ts";

/** A part of a list with the comma that goes with it. */
export function withComma(
  own: SyntaxNode,
  all: readonly SyntaxNode[],
): { readonly from: number; readonly to: number } {
  const index = all.indexOf(own);
  const [before, behind] = [all[index - 1], all[index + 1]];
  if (behind) return { from: own.from, to: behind.from };
  return { from: before?.to ?? own.from, to: own.to };
}
