import { inField, isComment, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { negation } from "../branching/negation.ts";
import type { Branch, Branching, BranchingRules } from "../branching/rules.ts";
import { isRow } from "../selection.ts";
import { negationRules } from "./negation.ts";
import { isFunction } from "./places.ts";

/** Statements that can follow a head without braces and change places with others there. */
const SIMPLE = /^(expression|return|throw|break|continue|empty|debugger)_statement$|^statement_block$/;

/** How JavaScript and TypeScript branch. */
export const branching: BranchingRules = {
  branching: branchingOf,
  negated: (condition, source) => negation(condition, source, negationRules),
  leaves,
  isEndOfRow: (statement, row) => statement.type === endStatement(row) && parts(statement).length === 0,
  endOfRow: (row) => endStatement(row)?.replace("_statement", ""),
  declaresInRow: ({ type }) => /^(?!variable_).*_declaration$|^(internal_)?module$|^import_alias$/.test(type),
  enclosed: { open: " {", close: "}", between: "} else {" },
  step: "  ",
  ended: (text, like) => (/[;}]$/.test(text) || !like.endsWith(";") ? text : `${text};`),
};

function branchingOf(node: SyntaxNode): Branching | undefined {
  const [head, first] = [inField(node, "condition"), inField(node, "consequence")];
  const [condition] = head ? parts(head) : [];
  if (node.type !== "if_statement" || !condition || !first) return undefined;
  const clause = inField(node, "alternative");
  const other = clause && parts(clause)[0];
  const isChain = other?.type === "if_statement";
  return {
    node,
    condition,
    first: branchOf(first),
    second: other && !isChain ? branchOf(other) : undefined,
    isChain,
    isLater: node.parent?.type === "else_clause",
    isStatement: true,
    loose: [...node.children, ...(clause?.children ?? [])].filter(isComment),
  };
}

function branchOf(statement: SyntaxNode): Branch {
  const { from, to, type } = statement;
  const isBlock = type === "statement_block";
  const all = isBlock ? statement.children.filter((it) => it.isNamed) : [statement];
  return { from, to, statements: all.filter((it) => !isComment(it)), all, isMovable: SIMPLE.test(type) };
}

function leaves(statement: SyntaxNode): boolean {
  if (/^(return|throw|break|continue)_statement$/.test(statement.type)) return true;
  if (statement.type === "statement_block") return parts(statement).some(leaves);
  const made = branchingOf(statement);
  return made?.second !== undefined && [made.first, made.second].every((it) => it.statements.some(leaves));
}

function endStatement(row: SyntaxNode): string | undefined {
  const { parent } = row;
  if (!parent || !isRow(row)) return undefined;
  if (isFunction(parent)) return parent.type === "class_static_block" ? undefined : "return_statement";
  return /^(for|for_in|while|do)_statement$/.test(parent.type) ? "continue_statement" : undefined;
}
