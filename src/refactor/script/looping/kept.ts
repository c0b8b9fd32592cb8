import type { Binding, Reference } from "../../../syntax/bindings.ts";
import { contains, inField, parts, type SyntaxNode } from "../../../syntax/tree.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Source } from "../../refactoring.ts";
import { functionAround, namesIn } from "../../selection.ts";
import { repeatersAround } from "../../steady.ts";
import { isTarget } from "../places.ts";
import { isReadonly, isTyped } from "./dense.ts";

/** Change nothing of their array, and give nobody the array itself (ECMA-262, section 23.1.3). */
const LOOKING =
  /^(at|includes|indexOf|lastIndexOf|join|slice|concat|flat|entries|keys|values|toString|toReversed|with)$/;
/** The same, but for the function that they are given: it gets the array, too, behind so many others. */
const ASKING: Readonly<Record<string, number>> = {
  every: 2,
  filter: 2,
  find: 2,
  findIndex: 2,
  findLast: 2,
  findLastIndex: 2,
  flatMap: 2,
  forEach: 2,
  map: 2,
  reduce: 3,
  reduceRight: 3,
  some: 2,
  toSorted: 2,
};
/** Leave no holes. */
const CHANGING = /^(push|unshift|pop|shift|splice|sort|reverse|fill|copyWithin)$/;
/** Functions that only look at what they are given. */
const KNOWN =
  /^(console\.\w+|JSON\.stringify|Array\.(isArray|from|of)|Object\.(keys|values|entries)|Math\.\w+|String|Set|Map)$/;

/**
 * Why the array may have other elements, or holes, by the time that a loop over it has come to its end, or where it
 * begins; `undefined`: it has not. `counter`: of the loop, by which its elements may be given values.
 */
export function mayChange(
  array: SyntaxNode,
  loop: SyntaxNode,
  source: Source,
  id: string,
  counter?: Binding,
): Refusal | undefined {
  const changed = (at: SyntaxNode) =>
    refused(
      `${id}.changed`,
      "The array may be changed, and the loop would not go over the same elements.",
      at,
    );
  if (/^(parenthesized|as)_expression$/.test(array.type)) {
    const [inner] = parts(array);
    return inner && mayChange(inner, loop, source, id, counter);
  }
  // What a call or a literal makes nobody else knows.
  const binding = array.type === "identifier" ? source.bindings().at(array) : undefined;
  if (!binding || isReadonly(binding, source)) return undefined;
  if (binding.isExported && !isTyped(binding)) return changed(array);
  const at = binding.references.find((it) => it.node !== array && isFelt(it, binding, loop, source, counter));
  return at && changed(at.node);
}

function isFelt(
  it: Reference,
  binding: Binding,
  loop: SyntaxNode,
  source: Source,
  counter: Binding | undefined,
): boolean {
  if (it.space === "type" || isHarmless(it.node, source)) return false;
  const isWithin = contains(loop, it.node);
  if (isWithin && counter && isElementOf(it.node, counter, source)) return false;
  const home = functionAround(binding.declarations[0] ?? binding.scope.node, source);
  if (isWithin || functionAround(it.node, source) !== home) return true;
  const isLater = it.node.from > loop.to && functionAround(loop, source) === home;
  const isAgain = repeatersAround(loop, source).some(
    (at) => !source.rules.isFunction(at) && contains(at, it.node),
  );
  if (isLater && !isAgain) return false;
  return !isChange(it.node, source) && !(isTyped(binding) && isElement(it.node)) && !isExportOf(it.node);
}

function isExportOf({ parent }: SyntaxNode): boolean {
  return parent?.type === "export_specifier";
}

/** Whether a use of an array neither changes it nor gives it to somebody who may. */
function isHarmless(node: SyntaxNode, source: Source): boolean {
  const { parent, field } = node;
  if (!parent || isTarget(node)) return false;
  switch (parent.type) {
    case "member_expression":
      return field === "object" && isLook(parent, source);
    case "subscript_expression":
      return field === "object" && !isTarget(parent);
    case "for_in_statement":
      return field === "right";
    case "spread_element":
    case "template_substitution":
    case "binary_expression":
    case "unary_expression":
      return !/^(&&|\|\||\?\?)$/.test(inField(parent, "operator")?.type ?? "");
    case "arguments":
      return isKnown(parent.parent, source);
    default:
      return false;
  }
}

function isLook(member: SyntaxNode, source: Source): boolean {
  const name = textOf(inField(member, "property") ?? member, source);
  if (name === "length") return !isTarget(member);
  const call = member.field === "function" ? member.parent : undefined;
  const list = call && inField(call, "arguments");
  if (!list) return false;
  if (LOOKING.test(name)) return true;
  const least = ASKING[name];
  const [asked] = parts(list);
  return least !== undefined && asked !== undefined && takesAtMost(asked, least, source);
}

/** A function whose head shows how much it takes. */
function takesAtMost(node: SyntaxNode, most: number, source: Source): boolean {
  if (!/^(arrow_function|function_expression)$/.test(node.type)) return false;
  const list = inField(node, "parameters");
  if (!list) return true;
  return !/\.\.\./.test(textOf(list, source)) && parts(list).length <= most && node.type === "arrow_function";
}

function isKnown(call: SyntaxNode | undefined, source: Source): boolean {
  const callee = call && (inField(call, "function") ?? inField(call, "constructor"));
  if (!callee || !KNOWN.test(textOf(callee, source))) return false;
  return namesIn(callee, source).every((it) => !it.binding);
}

/** `a.push(1);` */
function isChange(node: SyntaxNode, source: Source): boolean {
  const member = node.field === "object" ? node.parent : undefined;
  const call =
    member?.type === "member_expression" && member.field === "function" ? member.parent : undefined;
  const name = member && inField(member, "property");
  return (
    call?.parent?.type === "expression_statement" && name !== undefined && CHANGING.test(textOf(name, source))
  );
}

function isElement({ field, parent }: SyntaxNode): boolean {
  return field === "object" && parent?.type === "subscript_expression";
}

/** `a[i]`, where `i` counts its elements. */
function isElementOf(node: SyntaxNode, counter: Binding, source: Source): boolean {
  const index = isElement(node) && node.parent ? inField(node.parent, "index") : undefined;
  return index?.type === "identifier" && source.bindings().at(index) === counter;
}
