import { inField, isComment, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";

/** How a language says that something is not so. */
export interface NegationRules {
  /** `a && b`: its sides, the sign, and the sign of the same with both sides negated. */
  readonly logical: (node: SyntaxNode) => Logical | undefined;
  /** The sign of a comparison and the one that is true just where it is not; `undefined`: there is none for sure. */
  readonly opposite: (
    node: SyntaxNode,
    source: Source,
  ) => { readonly sign: Pick<SyntaxNode, "from" | "to">; readonly text: string } | undefined;
  /** What a negation negates. */
  readonly operand: (node: SyntaxNode) => SyntaxNode | undefined;
  /** Whether it can stand without parentheses: beside `and` or `or`, or alone. */
  readonly isTight: (node: SyntaxNode, isBeside: boolean, source: Source) => boolean;
  readonly not: (node: SyntaxNode, source: Source) => string;
}

/** See `NegationRules.logical`. */
export interface Logical {
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
  readonly sign: SyntaxNode;
  readonly opposite: string;
  /** Whether the result is the one that holds its sides less closely together: `||`. */
  readonly isLoose: boolean;
}

/**
 * A condition that is true where this one is not, evaluating the same in the same order; `beside`: the kind of logical
 * sign that it stands at. Only whether it is true counts, not its value.
 */
export function negation(
  node: SyntaxNode,
  source: Source,
  rules: NegationRules,
  beside?: "and" | "or",
): string {
  const { text } = source;
  const inner = withinParentheses(node);
  if (inner && isNeat(inner, source, rules))
    return text.slice(node.from, inner.from) + negation(inner, source, rules) + text.slice(inner.to, node.to);
  const logical = rules.logical(node);
  if (logical) {
    const made = negatedSides(logical, source, rules);
    return logical.isLoose && beside === "and" ? `(${made})` : made;
  }
  const other = rules.opposite(node, source);
  if (other) return text.slice(node.from, other.sign.from) + other.text + text.slice(other.sign.to, node.to);
  const operand = node.children.some(isComment) ? undefined : rules.operand(node);
  if (!operand) return rules.not(node, source);
  const bare = withinParentheses(operand);
  return textOf(bare && rules.isTight(bare, beside !== undefined, source) ? bare : operand, source);
}

function negatedSides(
  { left, right, sign, opposite, isLoose }: Logical,
  source: Source,
  rules: NegationRules,
) {
  const { text } = source;
  const beside = isLoose ? "or" : "and";
  const sides = [
    negation(left, source, rules, beside),
    text.slice(left.to, sign.from),
    opposite,
    text.slice(sign.to, right.from),
    negation(right, source, rules, beside),
  ];
  return sides.reduce(joined);
}

/** Two texts one behind the other; words stay apart. */
export function joined(left: string, right: string): string {
  const isWord = /[\p{ID_Continue}$]$/u.test(left) && /^[\p{ID_Continue}$]/u.test(right);
  return isWord ? `${left} ${right}` : left + right;
}

/** Whether its negation is no longer than itself. */
function isNeat(node: SyntaxNode, source: Source, rules: NegationRules): boolean {
  return [rules.logical(node), rules.opposite(node, source), rules.operand(node)].some(
    (it) => it !== undefined,
  );
}

/** What stands alone in parentheses, without comments. */
function withinParentheses(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type !== "parenthesized_expression" || node.children.some(isComment)) return undefined;
  const [only, ...more] = parts(node);
  return more.length === 0 ? only : undefined;
}

/** `NegationRules.logical` where a grammar calls it a binary expression, and the signs are `&&` and `||`. */
export function logicalOf(node: SyntaxNode): Logical | undefined {
  if (node.type !== "binary_expression") return undefined;
  const [left, sign, right] = ["left", "operator", "right"].map((it) => inField(node, it));
  if (!left || !sign || !right || !/^(&&|\|\|)$/.test(sign.type)) return undefined;
  const isLoose = sign.type === "&&";
  return { left, right, sign, opposite: isLoose ? "||" : "&&", isLoose };
}
