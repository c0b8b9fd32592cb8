import { isComment, type SyntaxNode } from "../../syntax/tree.ts";
import type { Found, Smell } from "../smell.ts";
import { visit } from "../visit.ts";

/** Statements behind one that always goes elsewhere. */
export const unreachableCode: Smell = {
  id: "unreachable-code",
  title: "Unreachable code",
  meaning: "Statements behind a return, throw, break or continue never run.",
  level: "warning",
  limits: [],
  isFor: ({ leaves }) => leaves !== undefined,
  find({ source, rules }) {
    const found: Found[] = [];
    if (source.root.hasError) return found;
    visit(source.root, (row) => {
      if (!rules.isRow(row)) return true;
      const statements = row.children.filter((it) => it.isNamed && !isComment(it));
      const end = statements.findIndex((it) => rules.leaves?.(it, source.text));
      const [leaving, next] = [statements[end], statements[end + 1]];
      const dead =
        leaving && next && isEnded(source.text.slice(leaving.from, next.from))
          ? statements.slice(end + 1)
          : [];
      const isLost = (it: SyntaxNode) => !rules.countsUnreached?.(it);
      const [first, last] = [dead.find(isLost), dead.findLast(isLost)];
      if (first && last && !dead.some((it) => rules.isForForm?.(it)))
        found.push({
          from: first.from,
          to: last.to,
          message: "This is never reached: what stands before it always goes elsewhere.",
        });
      return true;
    });
    return found;
  },
};

/** Some parsers end a `return` at a comment in its line. */
function isEnded(between: string): boolean {
  return /[;}]\s*$|\n/.test(between);
}
