import { conditionalStretches } from "../../syntax/scopes/c-sharp-hidden.ts";
import { ancestors, contains, inField, nearest, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { isMadeOfItsStatement, statementInRow } from "../selection.ts";
import { declaredTypeFor } from "./declared-type.ts";
import { isChangedThere } from "./effects.ts";
import { aroundOf, declaresNames, isChain, isFunction, isTarget, LEFT_OUT } from "./places.ts";
import { isCalledLikeItsType, isPlainType, isShared } from "./plain-types.ts";
import { isNameof } from "./platform.ts";
import { typeOf } from "./types.ts";

/** See `CodeRules.cannotStandAlone`. */
export function cannotStandAlone(node: SyntaxNode, source: Source): string | undefined {
  if (!node.parent) return "it is the whole file";
  return boundBySyntax(node, source) ?? boundByMeaning(node, source);
}

function boundBySyntax(node: SyntaxNode, source: Source): string | undefined {
  const { parent, field } = aroundOf(node);
  if (isTarget(node)) return "it is given a value, or the variable itself is needed";
  if (isWithin(node, /^attribute$/)) return "it belongs to an attribute";
  if (isWithin(node, /_switch_label$|_pattern$/)) return "it is what a case is for";
  if (field === "function" && parent?.type === "invocation_expression") return "it is what is called";
  if (/^(initializer|range)_expression$/.test(node.type)) return "it has a meaning there only";
  if (nearest(node.parent, (it) => isNameof(it, source))) return "its name is asked for";
  if (namesMember(node)) return "it gives a member its name";
  if (declaresNames(node)) return "it gives names to what it finds";
  if (isInChain(node)) return "it belongs to a chain that ends where nothing is there";
  if (isInDirectives(node, source)) return "a compiler may leave out what stands there";
  const called = nearest(node.parent, (it) => it.type === "invocation_expression" && !isFunction(it));
  const callee = called && inField(called, "function");
  return callee && !contains(callee, node) && LEFT_OUT.test(textOf(callee, source))
    ? "a compiler may leave out the call that it is given to"
    : undefined;
}

function boundByMeaning(node: SyntaxNode, source: Source): string | undefined {
  if (statementInRow(node, source)?.type === "constructor_initializer")
    return "nothing may stand before the call of another constructor";
  if (isTypeOrNamespace(node, source)) return "it may be a type or a namespace";
  if (isWithItsSign(node, source)) return "it belongs to its sign";
  if (mayAssign(node)) return "it gives a variable a value, or not";
  if (isMadeOfItsStatement(node, source)) return "it is made of what its statement declares";
  if (isCountedThere(node, source)) return "it is counted there in a way of its own";
  if (isText(node, source)) return "who is given the text may ask for its parts";
  if (
    isChangedThere(node) &&
    isPlaced(node) &&
    !isPlainType(typeOf(node, source)) &&
    !isShared(typeOf(node, source), source)
  )
    return "it may be a struct that is changed in its place";
  if (declaredTypeFor(node, source) === undefined) return "its type is not certain from this file";
  return undefined;
}

function isWithin(node: SyntaxNode, type: RegExp): boolean {
  for (let at = node.parent; at && !/_statement$|^block$/.test(at.type); at = at.parent)
    if (type.test(at.type) && at.type !== "is_pattern_expression") return true;
  return false;
}

/** `new { a.B }` and `(a.B, c)` name a member `B`. */
function namesMember(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent?.type === "anonymous_object_creation_expression")
    return parent.children[parent.children.indexOf(node) - 1]?.type !== "name_equals";
  return (
    parent?.type === "argument" &&
    parent.children.length === 1 &&
    parent.parent?.type === "tuple_expression" &&
    /^(identifier|(member|conditional)_access_expression)$/.test(node.type)
  );
}

/** `a?.b` of `a?.b.c`: where nothing is there, none of it is evaluated. */
function isInChain(node: SyntaxNode): boolean {
  const { parent, field } = node;
  const isLink =
    /^(expression|function)$/.test(field ?? "") &&
    /^(member_access|element_access|invocation)_expression$/.test(parent?.type ?? "");
  if (/binding_expression$/.test(node.type)) return true;
  return isLink && isChain(node);
}

/** Whether it stands between `#if` and `#endif`, or its statement has such. */
function isInDirectives(node: SyntaxNode, source: Source): boolean {
  const stretches = conditionalStretches(source.root);
  if (stretches.length === 0) return false;
  const whole = nearest(node, (it) => source.rules.isStatement(it)) ?? node;
  return stretches.some((it) => it.from < whole.to && whole.from < it.to);
}

/** `Math`, `System.IO`: what nobody declares here, before a dot. */
function isTypeOrNamespace(node: SyntaxNode, source: Source): boolean {
  if (!/^(identifier|generic_name|member_access_expression)$/.test(node.type)) return false;
  const isBeforeDot = node.field === "expression" && node.parent?.type === "member_access_expression";
  let first = node;
  for (
    let next = inField(first, "expression");
    next && /^(identifier|generic_name|member_access_expression)$/.test(first.type);
    next = inField(first, "expression")
  )
    first = next;
  if (first.type === "predefined_type") return false;
  if (first.type !== "identifier" && first.type !== "generic_name") return false;
  const name = first.type === "generic_name" ? first.children[0] : first;
  const reference = source.bindings().references.find((it) => it.node.from === name?.from);
  if (reference?.space === "type") return node === first || isBeforeDot;
  if (isBeforeDot && reference?.binding && isCalledLikeItsType(reference.binding, source)) return true;
  return reference?.binding === undefined && isBeforeDot;
}

/** The least numbers are written with their sign only (section 6.4.5.3). */
function isWithItsSign(node: SyntaxNode, source: Source): boolean {
  return (
    node.parent?.type === "prefix_unary_expression" &&
    /^(2147483648|9223372036854775808)(l|)$/i.test(textOf(node, source).replaceAll("_", ""))
  );
}

/** `a || (b = c) == d`: whether b has a value is known where it is a condition only (section 9.4). */
function mayAssign(node: SyntaxNode): boolean {
  const all = [...walk(node, (it) => isFunction(it))];
  return (
    all.some((it) => it.type === "assignment_expression" || it.type === "out") &&
    all.some((it) =>
      /^(&&|\|\||\?\?|conditional_expression|switch_expression|conditional_access_expression)$/.test(it.type),
    )
  );
}

/** Numbers in `checked(…)` and `unchecked(…)` belong to it. */
function isCountedThere(node: SyntaxNode, source: Source): boolean {
  const statement = statementInRow(node, source);
  return ancestors(node).some(
    (it) => it.type === "checked_expression" && (!statement || contains(statement, it)),
  );
}

/** `$"{a}"` that is given to a method may be more than a text there. */
function isText(node: SyntaxNode, source: Source): boolean {
  const text = nearest(node, (it) => it.type === "interpolated_string_expression");
  return text !== undefined && mayTakeApart(text, text === node, source);
}

/** Whether who is given a text where a node stands may ask for its parts, or not for its text at all. */
export function mayTakeApart(at: SyntaxNode, isWhole: boolean, source: Source): boolean {
  const argument = aroundOf(at).parent;
  if (argument?.type !== "argument" || argument.parent?.type !== "argument_list") return false;
  const call = argument.parent.parent;
  const callee = call && inField(call, "function");
  if (callee === undefined) return isWhole;
  if (/^((System\.)?Console\.(Write|WriteLine)|string\.\w+)$/.test(textOf(callee, source))) return false;
  const own = callee.type === "identifier" ? source.bindings().at(callee) : undefined;
  const [name, ...more] = own?.kind === "function" ? own.declarations : [];
  const list = name?.parent && inField(name.parent, "parameters");
  const isOpen = own !== undefined && source.bindings().opaque.some((it) => it.names?.has(own.name));
  return (
    !list ||
    more.length > 0 ||
    isOpen ||
    !/^\([\w\s,[\]<>?]*\)$/.test(textOf(list, source)) ||
    /Formattable|Handler|dynamic/.test(textOf(list, source))
  );
}

/** Whether it is a place that can be changed, not a value that was made there. */
export function isPlaced({ type }: SyntaxNode): boolean {
  return /^(identifier|(member_access|element_access|parenthesized|this)_expression)$/.test(type);
}
