import { contains, isComment, type SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { deeper, inLines, linesOf, stepOf } from "../branching/lines.ts";
import { indentAt } from "../extraction/moved-text.ts";
import { selectedPart } from "../extraction/part.ts";
import { badName, clashWith, freshName, isClear } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Options, Place, Source } from "../refactoring.ts";
import { trimmed } from "../selection.ts";
import type { TryingRules } from "./rules.ts";

const ID = "wrap-with-try";

/** The changes that put the selected statements into a `try` whose failures go on as they did. */
export function wrappedAt(place: Place, { name }: Options): readonly TextChange[] | Refusal {
  const { source } = place;
  const rules = source.rules.trying;
  const part = selectedPart(place);
  if (!rules || part?.kind !== "statements")
    return refused(`${ID}.selection`, "What is selected are no whole statements.", trimmed(place));
  const lines = linesOf(part.nodes, source);
  if (!lines) return refused(`${ID}.lines`, "They share a line with what stands beside them.", part);
  for (const it of part.nodes) {
    const why = isComment(it) ? undefined : rules.cannotBeTried(it, source);
    if (why !== undefined) return refused(`${ID}.statement`, `It cannot be tried: ${why}.`, it);
  }
  const seen = seenOutside(part.nodes, rules, source);
  if (seen) return refused(`${ID}.names`, "What is declared here is used outside of it.", seen);
  const [first] = part.nodes;
  const isTaken = (it: string) => (first && rules.isTaken?.(it, first, source)) ?? false;
  const suggested = first && rules.failure && freshName(rules.failure, first, source, undefined, isTaken);
  const failure = name ?? suggested;
  const trouble =
    name === undefined || !first
      ? undefined
      : (badName(name, source) ??
        clashWith(name, first, source) ??
        isClear({ scope: source.bindings().scopeAt(first.from), name }, source));
  if (trouble) return trouble;
  const indent = indentAt(lines.from, source.text);
  const { before, behind } = rules.around(failure ?? "", source);
  const closing = behind.map((it) => indent + (it.isDeeper ? stepOf(source) : "") + it.text);
  return [
    { from: lines.from, to: lines.from, text: indent + inLines([before, ""], source) },
    ...deeper(lines, source),
    { from: lines.to, to: lines.to, text: inLines(["", ...closing], source) },
  ];
}

/** A name that is declared in the row by one of the statements and used outside of them, or not certainly. */
function seenOutside(
  nodes: readonly SyntaxNode[],
  rules: TryingRules,
  source: Source,
): SyntaxNode | undefined {
  const declaring = nodes.filter((it) => !isComment(it) && rules.declaresInRow(it));
  const isInside = (at: SyntaxNode) => nodes.some((it) => contains(it, at));
  for (const it of declaring.length > 0 ? source.bindings().all : []) {
    const [at] = it.declarations;
    const isOwn = at !== undefined && declaring.some((its) => contains(its, at)) && !isInside(it.scope.node);
    const isOut =
      isOwn &&
      (it.isExported ||
        isClear(it, source) ||
        ![...it.declarations, ...it.references.map((use) => use.node)].every(isInside));
    if (isOut) return at;
  }
  return undefined;
}
