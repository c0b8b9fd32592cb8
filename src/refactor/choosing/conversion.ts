import { isComment, nearest, type SyntaxNode, smallestAround, walk } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { lineOf } from "../branching/comments.ts";
import { inLines, linesOf, restBehind, stepOf } from "../branching/lines.ts";
import { joined } from "../branching/negation.ts";
import { branchingAt } from "../branching/place.ts";
import type { Branch } from "../branching/rules.ts";
import { indentAt } from "../extraction/moved-text.ts";
import { joinsBefore } from "../joining.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import { functionAround, isRow, trimmed } from "../selection.ts";
import { writesOf } from "../steady.ts";
import type { Choice, ChoosingRules, Giving } from "./rules.ts";

/** The changes that make one statement of an `if` that gives a value in both cases. */
export function toTernary(place: Place): readonly TextChange[] | Refusal {
  const id = "convert-if-to-ternary";
  const { source } = place;
  const rules = source.rules.choosing;
  const found = branchingAt(place);
  if (!found || !rules) return refused(`${id}.place`, "There is no if here.", trimmed(place));
  const { node, condition, isChain, isLater, first, second } = found;
  if (isChain || !found.isStatement || (isLater && !second))
    return refused(`${id}.chain`, "It belongs to a chain of conditions.", node);
  const one = onlyGiving(first, rules, source);
  const next = second ? undefined : restBehind(node)[0];
  const other = second ? onlyGiving(second, rules, source) : next && rules.giving(next, source);
  const isPair = one && other && one.kind === other.kind && one.kind !== "declare";
  if (!isPair || flat(one.head) !== flat(other.head) || (!second && one.kind !== "return"))
    return refused(`${id}.values`, "Not both cases do nothing but give a value to the same.", node);
  const range = { from: node.from, to: second ? node.to : other.statement.to };
  const parts = [condition, one.value, other.value];
  const loose = [...walk(node.parent ?? node)].find(
    (it) =>
      isComment(it) &&
      range.from <= it.from &&
      it.to <= range.to &&
      !parts.some((at) => at.from <= it.from && it.to <= at.to),
  );
  if (loose) return refused(`${id}.comment`, "A comment would have no place.", loose);
  const choice = { condition, yes: one.value, no: other.value };
  const obstacle = obstacleTo(choice, one, rules, source, id);
  if (obstacle) return obstacle;
  const made = joined(one.head, rules.chosen(choice, source));
  if (joinsBefore(node, made, source))
    return refused(`${id}.semicolon`, "It would go on with the line before it.", node);
  return [{ ...range, text: made + endOf(one, other, range.to, source) }];
}

/** What ends the statement, also where what follows would go on with it. */
function endOf(one: Giving, other: Giving, to: number, { text, rules }: Source): string {
  const end = one.end === "" ? other.end : one.end;
  return end === "" && rules.goesOn?.test(text.slice(to).trimStart()) ? ";" : end;
}

function onlyGiving({ all }: Branch, rules: ChoosingRules, source: Source): Giving | undefined {
  const [only, ...more] = all;
  return only && more.length === 0 ? rules.giving(only, source) : undefined;
}

function flat(head: string): string {
  return head.replace(/\s+/g, " ");
}

/** Why the condition cannot change places with what is given the value, or a value cannot be chosen. */
function obstacleTo(
  choice: Choice,
  giving: Giving,
  rules: ChoosingRules,
  source: Source,
  id: string,
): Refusal | undefined {
  const { condition, yes, no } = choice;
  const { kind, target } = giving;
  const unlike = rules.cannotChoose?.(choice, giving, source);
  if (unlike !== undefined) return refused(`${id}.type`, `It would be another value: ${unlike}.`, yes);
  const named = [yes, no].find((it) => rules.isNamedAfter(it, giving));
  if (named) return refused(`${id}.name`, "A function has its name from what it is given to.", named);
  const isFirst =
    kind === "update" || (rules.isTargetFirst && target !== undefined && target.type !== "identifier");
  const acts =
    isFirst && target && [condition, target].some((it) => source.rules.effectOf(it, source) === "acts");
  const isAsked = kind === "update" && rules.asks?.(condition, source);
  return acts || (isAsked && target && isWrittenElsewhere(target, source))
    ? refused(`${id}.order`, "The condition would be evaluated after what is given the value.", condition)
    : undefined;
}

/** Whether other functions give the variable a value, too. */
function isWrittenElsewhere(target: SyntaxNode, source: Source): boolean {
  const binding = source.bindings().at(target);
  const home = functionAround(target, source);
  return binding !== undefined && writesOf(binding).some((it) => functionAround(it, source) !== home);
}

/** The changes that make an `if` of a statement that chooses its value. */
export function toIf(place: Place): readonly TextChange[] | Refusal {
  const id = "convert-ternary-to-if";
  const { source } = place;
  const { choosing, branching } = source.rules;
  const giving = givingAt(place);
  const choice = giving && choosing?.choice(giving.value);
  if (!giving || !choosing || !branching || !choice)
    return refused(
      `${id}.place`,
      "There is no statement here that chooses the value it gives.",
      trimmed(place),
    );
  const { statement, kind } = giving;
  const [condition, yes, no] = [choice.condition, choice.yes, choice.no].map((it) =>
    choosing.alone(it, source),
  );
  const whole = statement.parent?.type === "export_statement" ? statement.parent : statement;
  if (!linesOf([whole], source) || !whole.parent || !isRow(whole.parent))
    return refused(`${id}.lines`, "It shares its line with something else.", statement);
  const obstacle = obstacleTo(choice, giving, choosing, source, id);
  if (obstacle) return obstacle;
  const indent = indentAt(statement.from, source.text);
  const { open, close, between } = branching.enclosed;
  const given = (value: string | undefined, by: string) => by + joined(giving.head, value ?? "") + giving.end;
  const opened = choosing.head(condition ?? "") + open;
  const isReturn = kind === "return";
  const step = indent + stepOf(source);
  const closed = close === "" ? [] : [indent + close];
  const lines = [
    ...(giving.declaration === undefined ? [] : [giving.declaration]),
    (giving.declaration === undefined ? "" : indent) + opened,
    given(yes, step),
    ...(isReturn ? [...closed, given(no, indent)] : [indent + between, given(no, step), ...closed]),
  ];
  return [{ from: statement.from, to: statement.to, text: inLines(lines, source) }];
}

/** The statement around the place, in its own function, that gives a value. */
function givingAt(place: Place): Giving | undefined {
  const { source } = place;
  const { from, to } = trimmed(place);
  const inner = smallestAround(source.root, from, from === to ? from + 1 : to);
  const found = nearest(inner, (it) => source.rules.isStatement(it) || source.rules.isFunction(it));
  const giving =
    found && source.rules.isStatement(found) ? source.rules.choosing?.giving(found, source) : undefined;
  const isNear = giving && lineOf(giving.statement.from, source.text).from <= from;
  return isNear ? giving : undefined;
}
