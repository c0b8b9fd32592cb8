import { inField, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { ConstantHome } from "../code-rules.ts";
import { textOf } from "../names.ts";
import { equalLiterals } from "../occurrences.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { namesIn } from "../selection.ts";
import { isConstantExpression } from "./declared-type.ts";
import { mayFail } from "./effects.ts";
import { cannotStandAlone } from "./places.ts";
import { typeOf } from "./types.ts";

const ID = "extract-constant";

/** See `CodeRules.constantHome`: a field of the innermost class, which the compiler evaluates. */
export function constantHome(node: SyntaxNode, source: Source): ConstantHome | Refusal {
  const alone = cannotStandAlone(node, source);
  if (alone !== undefined) return refused(`${ID}.place`, `It cannot be a constant: ${alone}.`, node);
  const type = typeOf(node, source);
  const isMadeOfLiterals = isConstantExpression(node, source) && namesIn(node, source).length === 0;
  // `1 / 0` is none, and would fail when its class is made.
  if (!isMadeOfLiterals || type === undefined || mayFail(node, source))
    return refused(`${ID}.value`, "It is not made of literals alone.", node);
  const body = nearest(node, (it) => /^(class_body|enum_body_declarations|interface_body)$/.test(it.type));
  const first = body && parts(body)[0];
  if (!body || !first || body.type === "interface_body")
    return refused(`${ID}.scope`, "It stands in no class that can have private constants.", node);
  return {
    before: first,
    declaration: (name) => `private static final ${type} ${name} = ${textOf(node, source)};`,
    equal: equalLiterals(node, body, source, isNamed),
  };
}

/** The value of a constant of its own. */
function isNamed({ parent, field }: SyntaxNode): boolean {
  return (
    field === "value" &&
    parent?.type === "variable_declarator" &&
    inField(parent, "name") !== undefined &&
    parent.parent?.type === "field_declaration"
  );
}
