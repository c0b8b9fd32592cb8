import { isPartial } from "../../syntax/scopes/c-sharp-hidden.ts";
import { parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { ConstantHome } from "../code-rules.ts";
import { textOf } from "../names.ts";
import { equalLiterals } from "../occurrences.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { namesIn } from "../selection.ts";
import { isConstantExpression } from "./declared-type.ts";
import { mayFail } from "./effects.ts";
import { classAround, declaratorOf, overflowAround } from "./places.ts";
import { cannotStandAlone } from "./standing.ts";
import { typeOf } from "./types.ts";

const ID = "extract-constant";

/** See `CodeRules.constantHome`: a private constant of the innermost class, which the compiler evaluates. */
export function constantHome(node: SyntaxNode, source: Source): ConstantHome | Refusal {
  const alone = cannotStandAlone(node, source);
  if (alone !== undefined) return refused(`${ID}.place`, `It cannot be a constant: ${alone}.`, node);
  const type = typeOf(node, source);
  const isMadeOfLiterals = isConstantExpression(node, source) && namesIn(node, source).length === 0;
  const isCounted = overflowAround(node) !== undefined && node.children.length > 0;
  if (!isMadeOfLiterals || type === undefined || mayFail(node, source) || isCounted)
    return refused(`${ID}.value`, "It is not made of literals alone.", node);
  const body = classAround(node);
  const first = body && parts(body).find((it) => !/_directive$/.test(it.type));
  const owner = body?.parent;
  if (!body || !first || !owner || !/^(class|struct|record|record_struct)_declaration$/.test(owner.type))
    return refused(`${ID}.scope`, "It stands in no class that can have private constants.", node);
  if (isPartial(owner))
    return refused(`${ID}.partial`, "Its class has other parts, which may have a member of that name.", node);
  return {
    before: first,
    declaration: (name) => `private const ${type} ${name} = ${textOf(node, source)};`,
    equal: equalLiterals(node, body, source, isNamed),
  };
}

/** The value of a constant of its own. */
function isNamed(node: SyntaxNode): boolean {
  return declaratorOf(node)?.parent?.parent?.type === "field_declaration";
}
