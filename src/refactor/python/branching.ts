import { inField, isComment, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { negation } from "../branching/negation.ts";
import type { Branch, Branching, BranchingRules } from "../branching/rules.ts";
import { negationRules } from "./negation.ts";

/** How Python branches. */
export const branching: BranchingRules = {
  branching: branchingOf,
  negated: (condition, source) => negation(condition, source, negationRules),
  leaves,
  isEndOfRow: (statement, row) => statement.type === endStatement(row) && parts(statement).length === 0,
  endOfRow: (row) => endStatement(row)?.replace("_statement", ""),
  declaresInRow: () => false,
  enclosed: { open: "", close: "", between: "else:" },
  step: "    ",
  ended: (text) => text,
};

/** Both `if` and `elif` have a condition and a block; what follows an `elif` hangs on the statement around it. */
function branchingOf(node: SyntaxNode): Branching | undefined {
  const [condition, first] = [inField(node, "condition"), inField(node, "consequence")];
  if (!/^(if_statement|elif_clause)$/.test(node.type) || !condition || !first) return undefined;
  const isLater = node.type === "elif_clause";
  const clauses = (isLater ? node.parent : node)?.children.filter((it) => it.field === "alternative") ?? [];
  const next = clauses[clauses.indexOf(node) + 1];
  const body = next && inField(next, "body");
  const own = node.children.filter(isComment);
  const between = node.parent && isLater ? node.parent.children.filter(isComment) : [];
  const behind = [...own, ...between].filter(
    (it) => it.from >= first.to && it.to <= (next?.from ?? first.to),
  );
  return {
    node,
    condition,
    first: branchOf(node, first),
    second: next && body ? branchOf(next, body) : undefined,
    isChain: next?.type === "elif_clause",
    isLater,
    isStatement: !isLater,
    loose: behind,
  };
}

/** From behind the colon: a comment there is about the case; one above the first statement is no part of the block. */
function branchOf(clause: SyntaxNode, body: SyntaxNode): Branch {
  const colon = clause.children.findLast((it) => it.type === ":" && it.to <= body.from);
  const { to } = body;
  const from = colon?.to ?? body.from;
  const above = clause.children.filter((it) => isComment(it) && from <= it.from && it.to <= to);
  const all = [...above, ...body.children.filter((it) => it.isNamed)];
  // The name may not be used before it in the text.
  const declares = [...walk(body)].some((it) => /^(global|nonlocal)_statement$/.test(it.type));
  return { from, to, statements: parts(body), all, isMovable: !declares };
}

function leaves(statement: SyntaxNode): boolean {
  if (/^(return|raise|break|continue)_statement$/.test(statement.type)) return true;
  if (statement.type !== "if_statement") return false;
  const clauses = [statement, ...statement.children.filter((it) => it.field === "alternative")];
  const bodies = clauses.map((it) => inField(it, "consequence") ?? inField(it, "body"));
  return clauses.at(-1)?.type === "else_clause" && bodies.every((it) => it && parts(it).some(leaves));
}

function endStatement({ parent }: SyntaxNode): string | undefined {
  if (parent?.type === "function_definition") return "return_statement";
  return /^(for|while)_statement$/.test(parent?.type ?? "") ? "continue_statement" : undefined;
}
