import { contains, type SyntaxNode } from "../syntax/tree.ts";
import { firstReached, isLasting } from "./lasting.ts";
import { isClearWithin } from "./names.ts";
import { type Refusal, refused } from "./plan.ts";
import type { Source } from "./refactoring.ts";

/** The statement of a row before which a value can be a constant and be the same wherever it is used in the row; or why there is none. */
export function lastingPlace(node: SyntaxNode, source: Source, row: SyntaxNode): SyntaxNode | Refusal {
  const alone = source.rules.cannotStandAlone(node, source);
  if (alone !== undefined)
    return refused("extract-constant.place", `It cannot be a constant: ${alone}.`, node);
  const hidden = isClearWithin(node, source);
  if (hidden) return hidden;
  if (source.rules.holdsVariables?.(row) === false)
    return refused("extract-constant.scope", "No variable can be declared there.", node);
  const within = row.children.find((it) => it.isNamed && contains(it, node));
  const statement = within && firstReached(within, source);
  if (statement && isLasting(node, statement, source)) return statement;
  return refused(
    "extract-constant.value",
    "That it has the same value whenever it is evaluated is not certain: it is not made of literals and constants that stand before it alone.",
    node,
  );
}
