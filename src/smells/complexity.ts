import { nearest, type SyntaxNode } from "../syntax/tree.ts";
import { operatorOf } from "./operators.ts";
import type { Examined, FunctionPart } from "./smell.ts";
import type { Role } from "./smell-rules.ts";
import { visit } from "./visit.ts";

/** What is decided in a function, by McCabe's count. */
export interface Cyclomatic {
  readonly total: number;
  /** How much of it are cases of its largest switch. */
  readonly cases: number;
}

/**
 * Cyclomatic complexity: one more than the decisions (T. J. McCabe, "A Complexity Measure", IEEE Transactions on Software
 * Engineering SE-2, 1976). Each condition of a compound one counts, functions within count for themselves.
 */
export function cyclomatic({ node, body }: FunctionPart, { roleOf }: Pick<Examined, "roleOf">): Cyclomatic {
  let total = 1;
  const cases = new Map<SyntaxNode | undefined, number>();
  visit(body, (it) => {
    const role = roleOf(it);
    if (it !== node && (role === "function" || role === "class")) return false;
    if (role && DECIDING.has(role)) total++;
    const choice = role === "case" ? (nearest(it.parent, isSwitch) ?? it.parent) : undefined;
    if (choice) cases.set(choice, (cases.get(choice) ?? 0) + 1);
    return true;
  });
  return { total, cases: Math.max(0, ...cases.values()) };

  function isSwitch(it: SyntaxNode): boolean {
    return roleOf(it) === "switch";
  }
}

const DECIDING: ReadonlySet<string> = new Set([
  "if",
  "else-if",
  "loop",
  "case",
  "catch",
  "conditional",
  "logical",
  "filter",
]);

/**
 * Cognitive complexity of functions (G. Ann Campbell, "Cognitive Complexity: A new way of measuring understandability",
 * SonarSource white paper, version 1.7, 2023, appendix B): one for each break in the flow, one more for each level at
 * which it is nested, one for each run of equal logical operators. A function within another counts for that one, unless
 * the outer only holds others and decides nothing (appendix A). `isRecursive`: whether a function calls itself.
 */
export function cognitive(
  functions: readonly FunctionPart[],
  file: Examined,
  isRecursive: (fn: FunctionPart) => boolean,
): ReadonlyMap<FunctionPart, number> {
  const byNode = new Map(functions.map((it) => [it.node, it]));
  const scores = new Map<FunctionPart, number>();
  for (const it of functions) {
    if (isWithin(it.node, file, scores, byNode)) continue;
    const own = score(it.body, 0, file, () => 0);
    const recursive = isRecursive(it) ? 1 : 0;
    // Where it decides nothing itself, those within stand by themselves.
    if (own > 0)
      scores.set(it, recursive + score(it.body, 0, file, (fn, nesting) => whole(fn, nesting, file)));
  }
  return scores;
}

/** Whether a function around it has been counted together with it. */
function isWithin(
  node: SyntaxNode,
  { roleOf }: Examined,
  scores: ReadonlyMap<FunctionPart, number>,
  byNode: ReadonlyMap<SyntaxNode, FunctionPart>,
): boolean {
  for (let at = node.parent; at && roleOf(at) !== "class"; at = at.parent) {
    const around = byNode.get(at);
    if (around && scores.has(around)) return true;
  }
  return false;
}

type Inner = (fn: SyntaxNode, nesting: number) => number;

function whole(fn: SyntaxNode, nesting: number, file: Examined): number {
  return below(fn, nesting + 1, nesting + 1, file, (it, at) => whole(it, at, file));
}

/** `inner`: what a function within adds. */
function score(node: SyntaxNode, nesting: number, file: Examined, inner: Inner): number {
  const role = file.roleOf(node);
  // `else for (…)`: two in one.
  if (role && !role.startsWith("else") && file.rules.isAlternative?.(node))
    return 1 + scoreOf(role, node, nesting + 1, file, inner);
  return scoreOf(role, node, nesting, file, inner);
}

function scoreOf(
  role: Role | undefined,
  node: SyntaxNode,
  nesting: number,
  file: Examined,
  inner: Inner,
): number {
  switch (role) {
    case "function":
      return inner(node, nesting);
    case "class":
      return 0;
    case "if":
    case "loop":
    case "switch":
      return 1 + nesting + below(node, nesting, nesting + 1, file, inner);
    case "catch":
    case "conditional":
      return 1 + nesting + below(node, nesting + 1, nesting + 1, file, inner);
    case "else-if":
      return 1 + below(node, nesting, nesting + 1, file, inner);
    case "else":
      return 1 + below(node, nesting + 1, nesting + 1, file, inner);
    case "closure":
      return below(node, nesting + 1, nesting + 1, file, inner);
    case "jump":
      return 1;
    case "logical":
      return (isInner(node, file) ? 0 : runsOf(node, file)) + below(node, nesting, nesting, file, inner);
    default:
      return below(node, nesting, nesting, file, inner);
  }
}

function below(node: SyntaxNode, beside: number, nested: number, file: Examined, inner: Inner): number {
  let sum = 0;
  for (const it of node.children) sum += score(it, file.rules.isNested(it) ? nested : beside, file, inner);
  return sum;
}

/** Whether the operator belongs to a longer row of such, parentheses and all. */
function isInner(node: SyntaxNode, { roleOf, rules: { isParenthesis, isBetween } }: Examined): boolean {
  let at = node.parent;
  while (at && (isParenthesis(at) || isBetween?.(at))) at = at.parent;
  return at !== undefined && roleOf(at) === "logical";
}

/** How often the operator changes in a row, plus one. */
function runsOf(node: SyntaxNode, file: Examined): number {
  const all = operatorsIn(node, file, file.rules.isParenthesis);
  return all.filter((it, index) => it !== all[index - 1]).length;
}

/** The logical operators of an expression in their order, through what only wraps. */
export function operatorsIn(
  node: SyntaxNode,
  file: Examined,
  isWrapper: (node: SyntaxNode) => boolean,
): readonly string[] {
  const isLogical = file.roleOf(node) === "logical";
  if (!isLogical && !isWrapper(node) && !file.rules.isBetween?.(node)) return [];
  const operator = isLogical ? operatorOf(node) : undefined;
  return node.children.flatMap((it) => {
    if (it === operator) return [file.source.text.slice(it.from, it.to)];
    return it.isNamed ? operatorsIn(it, file, isWrapper) : [];
  });
}
