import type { SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { indentAt, indentChanges } from "../extraction/moved-text.ts";
import { isOpen } from "../joining.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import { isRow, trimmed } from "../selection.ts";
import { lineOf, unclearComment } from "./comments.ts";
import { clashing, negatedCondition } from "./inverted.ts";
import { inLines, type Lines, linesOf, restBehind, stepOf, textWith } from "./lines.ts";
import { branchingAt } from "./place.ts";
import type { Branch, Branching, BranchingRules } from "./rules.ts";

const ID = "convert-if-to-guard";

/** The changes that have the shorter case of the `if` at a place leave first, so that the other one stands in the row itself. */
export function toGuard(place: Place): readonly TextChange[] | Refusal {
  const { source } = place;
  const found = branchingAt(place);
  const rules = source.rules.branching;
  if (!found || !rules) return refused(`${ID}.place`, "There is no if here.", trimmed(place));
  const { node, isChain, isLater, first, second } = found;
  if (isChain || isLater || !node.parent || !isRow(node.parent))
    return refused(
      `${ID}.chain`,
      "It belongs to a chain of conditions, or is no statement of a block.",
      node,
    );
  const unclear = unclearComment(found, source, ID);
  if (unclear) return unclear;
  if (!linesOf([node], source))
    return refused(`${ID}.lines`, "It shares a line with what stands beside it.", node);
  const isSecondLeaving = second?.statements.some(rules.leaves);
  const isFirstLeaving = first.statements.some(rules.leaves);
  if (second && isFirstLeaving) return withoutElse(found, second, rules, source);
  if (second && !isSecondLeaving)
    return refused(`${ID}.goes-on`, "Neither case leaves, so both go on with what stands behind.", node);
  const end = rules.endOfRow(node.parent, source);
  if (!second && (end === undefined || restBehind(node).some((it) => source.rules.isStatement(it))))
    return refused(`${ID}.end`, "It is not the last statement of a function or a loop.", node);
  if (second && !second.isMovable)
    return refused(`${ID}.fixed`, "It has to stand before the other case.", second);
  const guard = second ? guardOf(second, source) : end;
  if (guard === undefined)
    return refused(`${ID}.lines`, "It shares a line with what stands beside it.", node);
  return guarded(found, guard, rules, source);
}

/** `if (a) { b } else { return; }` as `if (!a) { return; } b`. */
function guarded(
  found: Branching,
  guard: string,
  rules: BranchingRules,
  source: Source,
): readonly TextChange[] | Refusal {
  const { node, first } = found;
  const lines = bodyLines(first, node, rules, source);
  if ("code" in lines) return lines;
  const { open, close } = rules.enclosed;
  const indent = indentAt(node.from, source.text);
  const isText = found.second !== undefined;
  const body = isText ? guard : indent + stepOf(source) + rules.ended(guard, statementEndIn(source));
  const closed = close === "" ? [] : [indent + close];
  const head = first.from - (/[ \t]*$/.exec(source.text.slice(0, first.from))?.[0].length ?? 0);
  return [
    negatedCondition(found, rules, source),
    { from: head, to: lines.from, text: open + inLines(["", body, ...closed, ""], source) },
    ...shallower(lines, indent, source),
    { from: lines.to, to: node.to, text: "" },
  ];
}

/** `if (a) { return; } else { b }` as `if (a) { return; } b`. */
function withoutElse(
  { node, first }: Branching,
  second: Branch,
  rules: BranchingRules,
  source: Source,
): readonly TextChange[] | Refusal {
  const lines = bodyLines(second, node, rules, source);
  if ("code" in lines) return lines;
  return [
    { from: first.to, to: lines.from, text: inLines(["", ""], source) },
    ...shallower(lines, indentAt(node.from, source.text), source),
    { from: lines.to, to: node.to, text: "" },
  ];
}

/** The lines of a case that may stand in the row around it. */
function bodyLines(
  branch: Branch,
  { from, to }: Pick<SyntaxNode, "from" | "to">,
  rules: BranchingRules,
  source: Source,
): Lines | Refusal {
  const lines = linesOf(branch.all, source);
  const isOpenEnd = isOpen(branch.statements.at(-1), source);
  if (isOpenEnd && source.rules.goesOn?.test(source.text.slice(to).trimStart()))
    return refused(`${ID}.semicolon`, "What stands behind it would go on with its last statement.", branch);
  const inHead = lineOf(branch.from, source.text).to;
  if (!lines || lines.from < inHead || lines.from === lineOf(from, source.text).from)
    return refused(`${ID}.lines`, "It shares a line with what stands beside it.", branch);
  const clash = clashing(
    branch.statements,
    branch.statements[0]?.parent?.parent ?? source.root,
    rules,
    source,
  );
  return clash
    ? refused(`${ID}.names`, "A name that it declares stands for something else around it.", clash)
    : lines;
}

function guardOf({ all }: Branch, source: Source): string | undefined {
  const lines = linesOf(all, source);
  return lines && textWith(lines, source, indentAt(lines.from, source.text));
}

function shallower(lines: Lines, indent: string, source: Source): readonly TextChange[] {
  const { from, nodes } = lines;
  const first = { from, to: from + indentAt(from, source.text).length, text: indent };
  return [first, ...indentChanges(nodes, lines, source, indent).filter((it) => it.from !== from)];
}

/** The sign that ends statements in the file, as far as it shows. */
function statementEndIn({ text }: Source): string {
  return /;[ \t]*\r?\n/.test(text) ? ";" : "";
}
