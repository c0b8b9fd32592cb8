import { isBlank, isComment, type SyntaxNode } from "../syntax/tree.ts";
import type { Examined } from "./smell.ts";
import { visit } from "./visit.ts";

/** Lines that hold code of the node: no blank ones, no comments, and none of what `isOther` says has a place of its own. */
export function codeLines(
  node: SyntaxNode,
  { source: { text }, lineAt, rules }: Examined,
  isOther: (node: SyntaxNode) => boolean = () => false,
): number {
  const lines = new Set<number>();
  visit(node, (it) => {
    if (isComment(it) || rules.isNoCode(it) || (it !== node && isOther(it))) return false;
    if (it.children.length > 0 && !rules.isWholeToken(it)) return true;
    // The end of a line is a token where it ends a statement.
    if (isBlank(text, it)) return false;
    const last = lineAt(Math.max(it.from, it.to - 1));
    for (let line = lineAt(it.from); line <= last && it.to > it.from; line++) lines.add(line);
    return false;
  });
  return lines.size;
}
