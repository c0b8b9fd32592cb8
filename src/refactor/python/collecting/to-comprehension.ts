import { contains, isComment, parts, type SyntaxNode, smallestAround } from "../../../syntax/tree.ts";
import type { TextChange } from "../../../text/changes.ts";
import { inLines, linesOf, stepOf } from "../../branching/lines.ts";
import { indentAt } from "../../extraction/moved-text.ts";
import { statementBefore } from "../../joining.ts";
import { isClear, textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { isRow, trimmed } from "../../selection.ts";
import { usedElsewhere } from "../../used-elsewhere.ts";
import { CONDITIONAL, strengthOf } from "../in-place.ts";
import { isContinued } from "../places.ts";
import { emptyKind, type Filling, fillingOf, givenIn } from "./clauses.ts";
import { cannotBeEither, isUsedEarly, targetsOf, usedBehind } from "./obstacles.ts";

const ID = "convert-loop-to-comprehension";
/** Longest line that is made (PEP 8 and Black). */
const WIDTH = 88;

interface Found {
  readonly name: SyntaxNode;
  readonly assignment: SyntaxNode;
  readonly first: SyntaxNode;
  readonly loop: SyntaxNode;
  readonly filling: Filling;
}

/** See `CollectingForms.toComprehension`. */
export function toComprehension(place: Place): readonly TextChange[] | Refusal {
  const { source } = place;
  const found = foundAt(place);
  if (!found)
    return refused(
      `${ID}.place`,
      "There is no loop here that only fills an empty collection before it.",
      trimmed(place),
    );
  const { name, assignment, first, loop, filling } = found;
  if (!linesOf([first, loop], source) || isContinued(name, source))
    return refused(`${ID}.lines`, "It shares its lines with something else.", first);
  const between = first.parent?.children.find(
    (it) => isComment(it) && it.from > first.from && it.to < loop.to,
  );
  if (between) return refused(`${ID}.comment`, "A comment would have no place.", between);
  const obstacle =
    cannotBeEither(filling, name, [first, loop], source, ID) ??
    isUsedEarly(filling, loop, source, ID) ??
    isNeeded(filling, loop, place);
  if (obstacle) return obstacle;
  const head = source.text.slice(assignment.from, valueIn(assignment).from);
  return [{ from: first.from, to: loop.to, text: head + written(filling, head, first, source) }];
}

function valueIn(assignment: SyntaxNode): SyntaxNode {
  return assignment.children.find((it) => it.field === "right") ?? assignment;
}

/** Whether the variables of the loop are of use behind it. */
function isNeeded(filling: Filling, loop: SyntaxNode, place: Place): Refusal | undefined {
  const { source } = place;
  const scope = source.bindings().scopeAt(loop.from);
  for (const { at } of targetsOf(filling)) {
    const binding = source.bindings().at(at);
    if (binding?.scope !== scope)
      return refused(`${ID}.scope`, `"${textOf(at, source)}" belongs to what is around the function.`, at);
    const behind = usedBehind(binding, loop, source);
    if (behind) return refused(`${ID}.used`, `"${binding.name}" is used outside of the loop, too.`, behind);
    const trouble = isClear(binding, source) ?? usedElsewhere(binding, place, ID);
    if (trouble) return trouble;
  }
  return undefined;
}

/** The innermost loop around the place, before what it fills its collection with, or all of it selected. */
function foundAt(place: Place): Found | undefined {
  const { source } = place;
  const { from, to } = trimmed(place);
  const inner = smallestAround(source.root, from, from === to ? from + 1 : to);
  const isSelected = (it: SyntaxNode) => from <= it.from && it.to <= to;
  const selected = isRow(inner) ? inner.children.filter(isSelected) : [];
  for (let at: SyntaxNode | undefined = selected[0] ?? inner; at; at = at.parent) {
    if (!at.parent || !isRow(at.parent)) continue;
    const row = parts(at.parent);
    const loop = at.type === "for_statement" ? at : row[row.indexOf(at) + 1];
    const found = loop && foundWith(loop, source);
    const [filled] = found?.filling.filled ?? [];
    const isMeant =
      found &&
      filled &&
      (to < filled.from || isSelected(found.loop)) &&
      [found.first, found.loop].includes(at);
    if (isMeant && selected.every((it) => [found.first, found.loop].some((own) => contains(own, it))))
      return found;
  }
  return undefined;
}

function foundWith(loop: SyntaxNode, source: Source): Found | undefined {
  const first = statementBefore(loop);
  const given = givenIn(first);
  const kind = given && emptyKind(given.value, source);
  const filling =
    kind && loop.type === "for_statement"
      ? fillingOf(loop, textOf(given.name, source), kind, source)
      : undefined;
  return first && given && filling ? { ...given, first, loop, filling } : undefined;
}

function written(
  { kind, clauses, filled }: Filling,
  head: string,
  first: SyntaxNode,
  source: Source,
): string {
  const enclosed = (it: SyntaxNode) =>
    strengthOf(it) <= CONDITIONAL ? `(${textOf(it, source)})` : textOf(it, source);
  const element = filled.map((it) => textOf(it, source)).join(": ");
  const lines = [
    element,
    ...clauses.map(({ target, over }) =>
      target ? `for ${textOf(target, source)} in ${enclosed(over)}` : `if ${enclosed(over)}`,
    ),
  ];
  const [open, close] = kind === "list" ? ["[", "]"] : ["{", "}"];
  const indent = indentAt(first.from, source.text);
  const single = open + lines.join(" ") + close;
  if ((indent + head + single).length <= WIDTH && !single.includes("\n")) return single;
  const step = indent + stepOf(source);
  return inLines([open, ...lines.map((it) => step + it), indent + close], source);
}
