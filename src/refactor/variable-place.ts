import { nearest, type SyntaxNode } from "../syntax/tree.ts";
import { firstReached, isLasting } from "./lasting.ts";
import { isClearWithin } from "./names.ts";
import { lazyWithin, mayMoveToStart } from "./order.ts";
import { type Refusal, refused } from "./plan.ts";
import type { Source } from "./refactoring.ts";
import { isRow, statementInRow } from "./selection.ts";

/** The statement before which an expression can be a variable and have the value that it has where it stands; or why it cannot. */
export function variablePlace(node: SyntaxNode, source: Source): SyntaxNode | Refusal {
  const alone = source.rules.cannotStandAlone(node, source);
  if (alone !== undefined)
    return refused("extract-variable.place", `It cannot be a variable: ${alone}.`, node);
  const statement = statementInRow(node, source);
  const hidden = isClearWithin(node, source);
  if (hidden) return hidden;
  if (!statement) return outside(node, source);
  const lazy = lazyWithin(node, statement, source);
  if (lazy !== undefined) {
    const first = firstReached(statement, source);
    // What a class is given, its functions do not see by its name.
    const isInClass = source.bindings().scopeAt(first.from).kind === "class";
    if (!isInClass && isLasting(node, first, source)) return first;
    return refused("extract-variable.lazy", `It cannot be evaluated before its statement: ${lazy}.`, node);
  }
  if (!mayMoveToStart(node, statement, source))
    return refused(
      "extract-variable.order",
      "Its statement does something else before it, and which comes first may matter.",
      node,
    );
  return statement;
}

function holds(row: SyntaxNode, { rules }: Source): boolean {
  return rules.holdsVariables?.(row) ?? true;
}

/** In a statement that stands in no row, such as one behind `if` without braces, only what lasts can be put before all of it. */
function outside(node: SyntaxNode, source: Source): SyntaxNode | Refusal {
  const whole = nearest(
    node,
    (it) => it.parent !== undefined && isRow(it.parent) && holds(it.parent, source),
  );
  const first = whole && firstReached(whole, source);
  if (first && isLasting(node, first, source)) return first;
  return refused(
    "extract-variable.row",
    "Its statement stands in no block in which a variable can be declared.",
    node,
  );
}
