import { inField, isComment, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Choice, ChoosingRules, Giving } from "../choosing/rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { asksForTruth } from "./effects.ts";
import { CONDITIONAL, strengthOf } from "./in-place.ts";
import { isOpenAtLineEnd } from "./places.ts";

/** How Python chooses values. */
export const choosing: ChoosingRules = {
  giving,
  choice,
  chosen({ condition, yes, no }, source) {
    const [head, first] = [condition, yes].map((it) => inParentheses(it, CONDITIONAL + 1, source));
    return `${first} if ${head} else ${inParentheses(no, CONDITIONAL, source)}`;
  },
  alone: (part, source) =>
    isOpenAtLineEnd(part, source) ? `(${textOf(part, source)})` : textOf(part, source),
  // The Python Language Reference, section 7.2: the right side is evaluated first.
  isTargetFirst: false,
  asks: (condition, source) => asksForTruth(condition, source),
  isNamedAfter: () => false,
  head: (condition) => `if ${condition}:`,
};

function inParentheses(node: SyntaxNode, least: number, source: Source): string {
  const text = textOf(node, source);
  return strengthOf(node) < least || isOpenAtLineEnd(node, source) ? `(${text})` : text;
}

function choice(value: SyntaxNode): Choice | undefined {
  if (value.children.some(isComment)) return undefined;
  if (value.type === "parenthesized_expression") {
    const [only] = parts(value);
    return only && choice(only);
  }
  const [yes, condition, no] = parts(value);
  return value.type === "conditional_expression" && condition && yes && no
    ? { condition, yes, no }
    : undefined;
}

function giving(statement: SyntaxNode, source: Source): Giving | undefined {
  const [first, ...more] = parts(statement);
  if (!first || more.length > 0) return undefined;
  if (statement.type === "return_statement") return made(statement, "return", first, undefined, source);
  if (statement.type !== "expression_statement") return undefined;
  const [left, right] = [inField(first, "left"), inField(first, "right")];
  // `a = b = c` has two targets, and an annotation is remembered.
  if (!left || !right || /assignment$/.test(right.type) || inField(first, "type")) return undefined;
  if (first.type === "assignment") return made(statement, "assign", right, left, source);
  return first.type === "augmented_assignment" ? made(statement, "update", right, left, source) : undefined;
}

function made(
  statement: SyntaxNode,
  kind: Giving["kind"],
  value: SyntaxNode,
  target: SyntaxNode | undefined,
  { text }: Source,
): Giving | undefined {
  const isAside = (it: SyntaxNode) => isComment(it) && !(value.from <= it.from && it.to <= value.to);
  if ([...walk(statement, (it) => it === value)].some(isAside)) return undefined;
  const [head, end] = [text.slice(statement.from, value.from), text.slice(value.to, statement.to)];
  return { statement, kind, head, end, value, target };
}
