import { contains, inField, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { functionOf, isIn, LOOP, ownNodes, type Part } from "./part.ts";

/** Whether the part's function returns with it; refused when it may, and when control goes to a loop around it. */
export function returnsWith(part: Part, source: Source): boolean | Refusal {
  const own = [...ownNodes(part, (it) => source.rules.isFunction(it))].filter((it) => it.isNamed);
  const jump = own.find((it) => /^(break|continue)_statement$/.test(it.type) && !staysIn(it, part));
  if (jump) return refused("extract-function.jump", "It goes on with, or ends, a loop around it.", jump);
  const returning = own.find((it) => it.type === "return_statement");
  if (returning && !functionOf(part, source))
    return refused("extract-function.return", "It ends what the file does.", returning);
  const last = part.nodes.findLast((it) => source.rules.isStatement(it));
  if (last && alwaysLeaves(last)) return functionOf(part, source) !== undefined;
  if (!returning) return false;
  return refused("extract-function.return", "It may return from its function, or not.", returning);
}

/** Whether what a jump goes to lies in the part. */
function staysIn(jump: SyntaxNode, part: Part): boolean {
  const label = inField(jump, "label") ?? jump.children.find((it) => it.type === "identifier");
  const isTarget = label
    ? (it: SyntaxNode) => it.type === "labeled_statement"
    : (it: SyntaxNode) =>
        LOOP.test(it.type) ||
        (jump.type === "break_statement" && /^switch_(statement|expression)$/.test(it.type));
  let target = nearest(jump.parent, isTarget);
  // What stands behind a loop's `else` is no more in the loop.
  while (target && isInElse(jump, target)) target = nearest(target.parent, isTarget);
  return target !== undefined && isIn(part, target);
}

function isInElse(jump: SyntaxNode, loop: SyntaxNode): boolean {
  return loop.children.some((it) => it.field === "alternative" && contains(it, jump));
}

/** Whether nothing behind the statement is ever run. */
export function alwaysLeaves(statement: SyntaxNode): boolean {
  switch (statement.type) {
    case "return_statement":
    case "throw_statement":
    case "raise_statement":
      return true;
    case "statement_block":
    case "block":
      return parts(statement).some(alwaysLeaves);
    case "else_clause":
      return parts(statement).some(alwaysLeaves);
    case "elif_clause":
      return alwaysLeaves(inField(statement, "consequence") ?? statement);
    case "if_statement":
      return allBranchesLeave(statement);
    default:
      return false;
  }
}

function allBranchesLeave(statement: SyntaxNode): boolean {
  const consequence = inField(statement, "consequence");
  const others = statement.children.filter((it) => it.field === "alternative");
  const isComplete = others.length > 0 && others.at(-1)?.type !== "elif_clause";
  return isComplete && consequence !== undefined && [consequence, ...others].every(alwaysLeaves);
}
