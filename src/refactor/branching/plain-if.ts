import { inField, isComment, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Branch, Branching } from "./rules.ts";

/** The fields of an `if` whose `else if` is the statement itself, with no clause around it, as in Java and C#. */
interface IfFields {
  readonly condition: SyntaxNode;
  readonly first: SyntaxNode;
  readonly other: SyntaxNode | undefined;
}

/** `BranchingRules.branching` of such an `if`; `simple`: types of statements that may change places. */
export function plainIf(node: SyntaxNode, { condition, first, other }: IfFields, simple: RegExp): Branching {
  const isChain = other?.type === "if_statement";
  return {
    node,
    condition,
    first: branchOf(first, simple),
    second: other && !isChain ? branchOf(other, simple) : undefined,
    isChain,
    isLater: node.field === "alternative" && node.parent?.type === "if_statement",
    isStatement: true,
    loose: node.children.filter(isComment),
  };
}

function branchOf(statement: SyntaxNode, simple: RegExp): Branch {
  const { from, to, type } = statement;
  const all = type === "block" ? statement.children.filter((it) => it.isNamed) : [statement];
  return { from, to, statements: all.filter((it) => !isComment(it)), all, isMovable: simple.test(type) };
}

/** `BranchingRules.leaves`, where `leavesItself` knows single statements: of a block one, of an `if` both ways. */
export function leavesBy(
  leavesItself: (statement: SyntaxNode) => boolean,
): (statement: SyntaxNode) => boolean {
  return function leaves(statement): boolean {
    if (leavesItself(statement)) return true;
    if (statement.type === "block") return parts(statement).some(leaves);
    if (statement.type !== "if_statement") return false;
    const ways = [inField(statement, "consequence"), inField(statement, "alternative")];
    return ways.every((it) => it !== undefined && leaves(it));
  };
}
