import { inField, isComment, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { negation } from "../branching/negation.ts";
import type { Branch, Branching, BranchingRules } from "../branching/rules.ts";
import { isRow } from "../selection.ts";
import { negationRules } from "./negation.ts";
import { declaresNames } from "./places.ts";

/** Statements that can follow a head without braces and change places with others there. */
const SIMPLE = /^(expression|return|throw|break|continue|yield)_statement$|^block$/;

/** How Java branches. */
export const branching: BranchingRules = {
  branching: branchingOf,
  negated: (condition, source) => negation(condition, source, negationRules),
  leaves,
  isEndOfRow: (statement, row) => statement.type === endStatement(row) && parts(statement).length === 0,
  endOfRow: (row) => endStatement(row)?.replace("_statement", ""),
  declaresInRow: ({ type }) => /_declaration$/.test(type),
  enclosed: { open: " {", close: "}", between: "} else {" },
  step: "    ",
  ended: (text, like) => (/[;}]$/.test(text) || !like.endsWith(";") ? text : `${text};`),
};

/** What a condition finds by a pattern is known elsewhere when it is turned around: that is left. */
function branchingOf(node: SyntaxNode): Branching | undefined {
  const [head, first, other] = ["condition", "consequence", "alternative"].map((it) => inField(node, it));
  const [condition] = head ? parts(head) : [];
  if (node.type !== "if_statement" || !condition || !first || declaresNames(condition)) return undefined;
  const isChain = other?.type === "if_statement";
  return {
    node,
    condition,
    first: branchOf(first),
    second: other && !isChain ? branchOf(other) : undefined,
    isChain,
    isLater: node.field === "alternative" && node.parent?.type === "if_statement",
    isStatement: true,
    loose: node.children.filter(isComment),
  };
}

function branchOf(statement: SyntaxNode): Branch {
  const { from, to, type } = statement;
  const all = type === "block" ? statement.children.filter((it) => it.isNamed) : [statement];
  return { from, to, statements: all.filter((it) => !isComment(it)), all, isMovable: SIMPLE.test(type) };
}

function leaves(statement: SyntaxNode): boolean {
  if (/^(return|throw|break|continue|yield)_statement$/.test(statement.type)) return true;
  if (statement.type === "block") return parts(statement).some(leaves);
  const [first, other] = [inField(statement, "consequence"), inField(statement, "alternative")];
  return (
    statement.type === "if_statement" &&
    first !== undefined &&
    other !== undefined &&
    leaves(first) &&
    leaves(other)
  );
}

/** A method that gives nothing back ends like its body; of a lambda that is not known. */
function endStatement(row: SyntaxNode): string | undefined {
  const { parent } = row;
  if (!parent || !isRow(row)) return undefined;
  if (parent.type === "constructor_declaration") return "return_statement";
  if (parent.type === "method_declaration")
    return inField(parent, "type")?.type === "void_type" ? "return_statement" : undefined;
  return /^(for|enhanced_for|while|do)_statement$/.test(parent.type) ? "continue_statement" : undefined;
}
