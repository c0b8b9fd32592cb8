import { ancestors, contains, inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { ConstantHome } from "../code-rules.ts";
import { isLasting } from "../lasting.ts";
import { isClearWithin, textOf } from "../names.ts";
import { lazyWithin, mayMoveToStart } from "../order.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { decoratorIn, hasWord, isField } from "./class-parts.ts";
import { memberNamed } from "./extraction-text.ts";
import { cannotStandAlone, isBarrier } from "./places.ts";

const ID = "extract-constant";

/** See `CodeRules.fieldHome`. */
export function fieldHome(
  node: SyntaxNode,
  source: Source,
  className: string | undefined,
): ConstantHome | Refusal {
  const alone = cannotStandAlone(node);
  if (alone !== undefined) return refused(`${ID}.place`, `It cannot be a field: ${alone}.`, node);
  const member = ancestors(node).find((it) => isBarrier(it) || it.parent?.type === "class_body");
  const body = member?.parent;
  const owner = body?.parent;
  const name = owner && inField(owner, "name");
  const isWanted = className === undefined || (name !== undefined && textOf(name, source) === className);
  if (!member || body?.type !== "class_body" || !owner || !isWanted)
    return refused(`${ID}.scope`, "It stands in no part of such a class that has its object.", node);
  const trouble = notItsObject(member, owner, node, source) ?? isClearWithin(node, source);
  if (trouble) return trouble;
  const before = placeFor(node, member, owner, source);
  if ("code" in before) return before;
  const words = source.language === "javascript" ? "" : "private readonly ";
  return {
    before,
    declaration: (it) => `${words}${it} = ${textOf(node, source)};`,
    equal: [node],
    used: (it) => `this.${it}`,
    isTaken: (it) =>
      /^(constructor|prototype|then|toString|valueOf|toJSON)$/.test(it) ||
      memberNamed(it, source) !== undefined,
    suggested: "value",
    warnings: ["Objects of the class have one more member: who lists or copies their members will see it."],
  };
}

/** Why `this` is not surely an object whose fields are there. */
function notItsObject(
  member: SyntaxNode,
  owner: SyntaxNode,
  node: SyntaxNode,
  source: Source,
): Refusal | undefined {
  const isOther =
    hasWord(member, /^(static|abstract|declare)$/, source) || member.type === "class_static_block";
  const inner = [inField(member, "body"), inField(member, "parameters"), inField(member, "value")];
  if (isOther || !inner.some((it) => it && contains(it, node)))
    return refused(`${ID}.scope`, "There is no object of the class there.", member);
  const heritage = owner.children.find((it) => it.type === "class_heritage");
  const isExtended =
    heritage &&
    (source.language === "javascript" || heritage.children.some((it) => it.type === "extends_clause"));
  if (isExtended)
    return refused(
      `${ID}.extends`,
      "What the class extends may call it before its fields are there.",
      heritage,
    );
  const decorator = decoratorIn(owner);
  return decorator && refused(`${ID}.decorator`, "A decorator may look at the members.", decorator);
}

/** The member before which the field has the value: of a field the moment before, elsewhere before anything may ask for it. */
function placeFor(
  node: SyntaxNode,
  member: SyntaxNode,
  owner: SyntaxNode,
  source: Source,
): SyntaxNode | Refusal {
  const own = [...walk(node)].find((it) =>
    /^(await_expression|yield_expression|super|meta_property)$/.test(it.type),
  );
  const whole = isField(member) ? inField(member, "value") : undefined;
  const isNext =
    whole && lazyWithin(node, whole, source) === undefined && mayMoveToStart(node, whole, source);
  if (!own && isNext) return member;
  const statement = nearest(
    owner,
    (it) => source.rules.isStatement(it) && /^(program|statement_block)$/.test(it.parent?.type ?? ""),
  );
  if (own || !statement || !isLasting(node, statement, source))
    return refused(
      `${ID}.value`,
      "That it has the same value with each object, at any time, is not certain.",
      own ?? node,
    );
  const all = parts(owner.children.find((it) => it.type === "class_body") ?? owner);
  const [first = member] = all;
  const behind = all.find((it) => !isField(it)) ?? first;
  const fields = all.slice(0, all.indexOf(behind));
  // Their values may ask for it, by a method.
  const areQuiet = fields.every((it) => {
    const value = inField(it, "value");
    return !value || source.rules.effectOf(value, source) === "pure";
  });
  return areQuiet ? behind : first;
}
