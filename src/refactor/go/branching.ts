import { inField, isComment, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { logicalOf, type NegationRules, negation } from "../branching/negation.ts";
import type { Branch, Branching, BranchingRules } from "../branching/rules.ts";
import { textOf } from "../names.ts";
import { isRow } from "../selection.ts";
import { strengthOf, UNARY } from "./in-place.ts";
import { isFunction } from "./places.ts";

/** How Go says that something is not so: of numbers that are no numbers, `<` and `>=` are not opposites. */
const negationRules: NegationRules = {
  logical: logicalOf,
  opposite(node) {
    const sign = node.type === "binary_expression" ? inField(node, "operator") : undefined;
    const text = sign && { "==": "!=", "!=": "==" }[sign.type];
    return sign && text !== undefined ? { sign, text } : undefined;
  },
  operand: (node) =>
    node.type === "unary_expression" && node.children[0]?.type === "!" ? inField(node, "operand") : undefined,
  isTight: (node, isBeside) => !isBeside || strengthOf(node) >= COMPARISON,
  not(node, source) {
    const text = textOf(node, source);
    return strengthOf(node) >= UNARY ? `!${text}` : `!(${text})`;
  },
};

/** Binds closer than `&&` and `||`. */
const COMPARISON = 3;

/** How Go branches; one whose head declares something is left, since both cases see that. */
export const branching: BranchingRules = {
  branching: branchingOf,
  negated: (condition, source) => negation(condition, source, negationRules),
  leaves,
  isEndOfRow: (statement, row) => statement.type === endStatement(row) && parts(statement).length === 0,
  endOfRow: (row) => endStatement(row)?.replace("_statement", ""),
  declaresInRow: ({ type }) => /^(short_var|var|const|type)_declaration$/.test(type),
  enclosed: { open: " {", close: "}", between: "} else {" },
  step: "\t",
  ended: (text) => text,
};

function branchingOf(node: SyntaxNode): Branching | undefined {
  if (node.type !== "if_statement" || inField(node, "initializer")) return undefined;
  const [condition, first, other] = ["condition", "consequence", "alternative"].map((it) =>
    inField(node, it),
  );
  if (!condition || !first) return undefined;
  const isChain = other?.type === "if_statement";
  const isLater = node.field === "alternative";
  return {
    node,
    condition,
    first: branchOf(first),
    second: other && !isChain ? branchOf(other) : undefined,
    isChain,
    isLater,
    isStatement: true,
    loose: node.children.filter(isComment),
  };
}

function branchOf(block: SyntaxNode): Branch {
  const { from, to } = block;
  return {
    from,
    to,
    statements: parts(block),
    all: block.children.filter((it) => it.isNamed),
    isMovable: true,
  };
}

/** The Go Programming Language Specification, "Terminating statements", and the jumps of loops. */
function leaves(statement: SyntaxNode): boolean {
  if (/^(return|break|continue|goto)_statement$/.test(statement.type)) return true;
  if (statement.type === "block") return parts(statement).some(leaves);
  const made = branchingOf(statement);
  return made?.second !== undefined && [made.first, made.second].every((it) => it.statements.some(leaves));
}

function endStatement(row: SyntaxNode): string | undefined {
  const { parent } = row;
  if (!parent || !isRow(row)) return undefined;
  if (isFunction(parent)) return inField(parent, "result") ? undefined : "return_statement";
  return parent.type === "for_statement" ? "continue_statement" : undefined;
}
