import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { negation } from "../branching/negation.ts";
import { leavesBy, plainIf } from "../branching/plain-if.ts";
import type { Branching, BranchingRules } from "../branching/rules.ts";
import { isRow } from "../selection.ts";
import { negationRules } from "./negation.ts";
import { declaresNames } from "./places.ts";

/** Statements that can follow a head without braces and change places with others there. */
const SIMPLE = /^(expression|return|throw|break|continue|yield)_statement$|^block$/;

/** How Java branches. */
export const branching: BranchingRules = {
  branching: branchingOf,
  negated: (condition, source) => negation(condition, source, negationRules),
  leaves: leavesBy(({ type }) => /^(return|throw|break|continue|yield)_statement$/.test(type)),
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
  return plainIf(node, { condition, first, other }, SIMPLE);
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
