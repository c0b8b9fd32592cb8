import { contains, isComment, type SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { indentAt } from "../extraction/moved-text.ts";
import { isOpen } from "../joining.ts";
import { clashWith, isClear } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";
import { namesIn, trimmed } from "../selection.ts";
import { unclearComment } from "./comments.ts";
import { deeper, inLines, type Lines, linesOf, restBehind, textWith } from "./lines.ts";
import { joined } from "./negation.ts";
import { branchingAt } from "./place.ts";
import type { Branch, Branching, BranchingRules } from "./rules.ts";

const ID = "invert-if";

/** The changes that negate the condition of the `if` at a place and have its branches, or the rest of its row, the other way round. */
export function invertedAt(place: Place): readonly TextChange[] | Refusal {
  const { source } = place;
  const found = branchingAt(place);
  const rules = source.rules.branching;
  if (!found || !rules) return refused(`${ID}.place`, "There is no if here.", trimmed(place));
  return inverted(found, rules, source);
}

function inverted(
  branching: Branching,
  rules: BranchingRules,
  source: Source,
): readonly TextChange[] | Refusal {
  const { node, isChain, isLater, first, second } = branching;
  if (isChain)
    return refused(
      `${ID}.chain`,
      "It goes on with a further condition, which has to come behind this one.",
      node,
    );
  const unclear = unclearComment(branching, source, ID);
  if (unclear) return unclear;
  const negated = negatedCondition(branching, rules, source);
  if (second) {
    const swap = swapped(first, second, rules, source);
    return "code" in swap ? swap : [negated, ...swap];
  }
  const rest = isLater ? undefined : restOf(branching, source);
  if (!rest)
    return refused(`${ID}.alone`, "There is nothing that is done otherwise, and nothing behind it.", node);
  if ("code" in rest) return rest;
  const around = aroundRest(branching, rest, rules, source);
  return "code" in around ? around : [negated, ...around];
}

/** The change that has a condition say the opposite. */
export function negatedCondition(
  { condition }: Pick<Branching, "condition">,
  rules: BranchingRules,
  source: Source,
): TextChange {
  const { from, to } = condition;
  const text = besides(from, rules.negated(condition, source), source);
  return { from, to, text };
}

/** A text at an offset, apart from a word before it. */
function besides(at: number, made: string, { text }: Source): string {
  const ahead = text.slice(Math.max(0, at - 1), at);
  return joined(ahead, made).slice(ahead.length);
}

function swapped(
  first: Branch,
  second: Branch,
  rules: BranchingRules,
  source: Source,
): readonly TextChange[] | Refusal {
  const fixed = [first, second].find((it) => !it.isMovable);
  if (fixed) return refused(`${ID}.braces`, "A branch would be read otherwise there.", fixed);
  const [one, other] = [first, second].map(({ from, to }) => source.text.slice(from, to));
  if (one === undefined || other === undefined) return [];
  const isSameLine = !source.text.slice(first.to, second.from).includes("\n");
  const goesOn = source.rules.goesOn?.test(source.text.slice(second.to).trimStart());
  const last = goesOn && isUnended(first, source) ? `${one};` : rules.ended(one, other);
  return [
    { from: first.from, to: first.to, text: isSameLine && isUnended(second, source) ? `${other};` : other },
    { from: second.from, to: second.to, text: besides(second.from, last, source) },
  ];
}

/** Whether it is a statement without braces and without a sign that ends it. */
function isUnended({ from, to, statements: [only] }: Branch, source: Source): boolean {
  const isEnded = source.text.charAt(from) === "{" || source.text.charAt(to - 1) === ";";
  return !isEnded && isOpen(only, source);
}

/** What follows the `if` in its row, and what stands between them. */
interface Rest extends Lines {
  readonly gap: string;
}

function restOf({ node }: Branching, source: Source): Rest | Refusal | undefined {
  const rest = restBehind(node);
  if (!rest.some((it) => !isComment(it))) return undefined;
  const [own, lines] = [linesOf([node], source), linesOf(rest, source)];
  if (!own || !lines) return refused(`${ID}.lines`, "It shares a line with what stands beside it.", node);
  return { ...lines, gap: source.text.slice(own.to, lines.from) };
}

/** `if (a) { …; return; } rest` as `if (!a) { rest } …; return;`. */
function aroundRest(
  { node, first }: Branching,
  rest: Rest,
  rules: BranchingRules,
  source: Source,
): readonly TextChange[] | Refusal {
  const statements = rest.nodes.filter((it) => !isComment(it));
  const isRestLeaving = statements.some(rules.leaves);
  const [only, ...more] = first.statements;
  const isEnd = only !== undefined && more.length === 0 && node.parent && rules.isEndOfRow(only, node.parent);
  const { text } = source;
  const indent = indentAt(node.from, text);
  const body = textIn(first, source, indent);
  const opened: TextChange = {
    from: headEnd(first, text),
    to: rest.from,
    text: rules.enclosed.open + inLines(["", ""], source),
  };
  const close = rules.enclosed.close === "" ? [] : [indent + rules.enclosed.close];
  if (isEnd && !isRestLeaving) {
    if (first.all.length > 1)
      return refused(`${ID}.comment`, "A comment would go with what it is about.", first);
    return [
      opened,
      ...deeper(rest, source),
      { from: rest.to, to: rest.to, text: inLines(["", ...close], source) },
    ];
  }
  if (!first.isMovable) return refused(`${ID}.fixed`, "It has to stand before the other case.", first);
  if (!isRestLeaving || !first.statements.some(rules.leaves))
    return refused(
      `${ID}.goes-on`,
      "Not both cases end by leaving, so that one would go on into the other.",
      node,
    );
  const seen = hiddenName(node, first, statements, rules, source);
  if (seen)
    return refused(`${ID}.names`, "A name is declared in one case that the other one has, too.", seen);
  if (body === undefined)
    return refused(`${ID}.lines`, "It shares a line with what stands beside it.", first);
  const behind = rest.gap + body;
  return [
    opened,
    ...deeper(rest, source),
    { from: rest.to, to: rest.to, text: inLines(["", ...close], source) + behind },
  ];
}

/** Where the head of a branch ends, without blanks. */
function headEnd({ from }: Branch, text: string): number {
  return from - (/[ \t]*$/.exec(text.slice(0, from))?.[0].length ?? 0);
}

/** All that stands in a branch, as lines that are indented like that. */
function textIn({ statements, all }: Branch, source: Source, indent: string): string | undefined {
  const lines = linesOf(all, source);
  if (lines) return textWith(lines, source, indent);
  // One statement behind the head, in its line.
  const [only, ...more] = statements;
  return only && more.length === 0 && all.length === 1
    ? indent + source.text.slice(only.from, only.to)
    : undefined;
}

/** A name that is declared in statements of a block, where in the row around it something else has that name. */
export function clashing(
  statements: readonly SyntaxNode[],
  node: SyntaxNode,
  rules: BranchingRules,
  source: Source,
): SyntaxNode | undefined {
  const own = statements.filter(rules.declaresInRow);
  const block = own[0]?.parent;
  for (const it of block ? source.bindings().all : []) {
    const [at] = it.declarations;
    const isOwn = at !== undefined && own.some((its) => contains(its, at)) && it.scope.node === block;
    const isFree = isOwn && !isClear(it, source) && !clashWith(it.name, node, source, it.spaces, block);
    if (isOwn && !isFree) return at;
  }
  return undefined;
}

/** A name that is declared for one case and its row, and that the other case would come to see, or no longer see. */
function hiddenName(
  node: SyntaxNode,
  { statements }: Branch,
  rest: readonly SyntaxNode[],
  rules: BranchingRules,
  source: Source,
): SyntaxNode | undefined {
  const own = clashing(statements, node, rules, source);
  if (own) return own;
  const declaring = rest.filter(rules.declaresInRow);
  const isDeclaredThere = (at: SyntaxNode) => declaring.some((it) => it.from <= at.from && at.to <= it.to);
  const used = statements.flatMap((it) => namesIn(it, source));
  return used.find((it) => it.binding?.declarations.some(isDeclaredThere))?.node;
}
