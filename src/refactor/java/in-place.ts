import { ancestors, contains, inField, nearest, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { aroundOf, isConstantExpression, isStandalone, targetType } from "./declared-type.ts";
import { effectOf, isPlainType } from "./effects.ts";
import { isPrimitive } from "./plain-types.ts";
import { bindingType, typeOf } from "./types.ts";

/** How strongly the parts of an expression hold together (The Java Tutorials, "Operators"). */
const BINARY: Readonly<Record<string, number>> = {
  "||": 3,
  "&&": 4,
  "|": 5,
  "^": 6,
  "&": 7,
  "==": 8,
  "!=": 8,
  "<": 9,
  ">": 9,
  "<=": 9,
  ">=": 9,
  "<<": 10,
  ">>": 10,
  ">>>": 10,
  "+": 11,
  "-": 11,
  "*": 12,
  "/": 12,
  "%": 12,
};
/** Strength of a comparison by `==`. */
export const EQUALITY = 8;
const RELATION = 9;
/** Strength of `!a`. */
export const UNARY = 13;
const POSTFIX = 14;
const PRIMARY = 15;

/** How strongly an expression holds together, from 0. */
export function strengthOf(node: SyntaxNode): number {
  switch (node.type) {
    case "lambda_expression":
      return 0;
    case "assignment_expression":
      return 1;
    case "ternary_expression":
      return 2;
    case "binary_expression":
      return BINARY[inField(node, "operator")?.type ?? ""] ?? 2;
    case "instanceof_expression":
      return RELATION;
    case "unary_expression":
    case "cast_expression":
    case "switch_expression":
      return UNARY;
    case "update_expression":
      return node.children[0]?.isNamed ? POSTFIX : UNARY;
    case "array_creation_expression":
      return POSTFIX;
    default:
      return PRIMARY;
  }
}

/** See `CodeRules.inPlaceOf`. */
export function inPlaceOf(at: SyntaxNode, value: SyntaxNode, text: string): string {
  return strengthOf(value) < neededAt(at) || clings(at, value, text) ? `(${text})` : text;
}

/** The least strength with which something can stand there without parentheses. */
function neededAt(at: SyntaxNode): number {
  const { parent, field } = at;
  switch (parent?.type) {
    case "binary_expression":
      return strengthOf(parent) + (field === "right" ? 1 : 0);
    case "instanceof_expression":
      return RELATION;
    case "unary_expression":
    case "cast_expression":
      return UNARY;
    case "ternary_expression":
      return field === "condition" ? 3 : field === "consequence" ? 0 : 2;
    case "array_access":
      return field === "index" ? 0 : PRIMARY;
    case "field_access":
    case "method_reference":
      return PRIMARY;
    case "method_invocation":
      return field === "object" ? PRIMARY : 0;
    case "object_creation_expression":
      return PRIMARY;
    default:
      return 0;
  }
}

/** Two signs must not become one, and a sign behind a cast is taken for an operator. */
function clings({ parent }: SyntaxNode, value: SyntaxNode, text: string): boolean {
  const isSigned = /^[-+]/.test(text);
  if (parent?.type === "cast_expression") return isSigned || value.type === "lambda_expression";
  return isSigned && /^(unary|binary)_expression$/.test(parent?.type ?? "");
}

/** See `CodeRules.cannotTakePlaceOf`: where the type of the variable matters, the value must have it for certain. */
export function cannotTakePlaceOf(at: SyntaxNode, value: SyntaxNode, source: Source): string | undefined {
  if (at.parent?.type === "resource") return "it is closed there";
  const lock = nearest(at, (it) => it.type === "synchronized_statement" && !contains(it, value));
  if (lock && effectOf(value, source) !== "pure") return "it would be read while something is locked";
  return unlikeConstant(at, value, source) ?? unlikeType(at, value, source);
}

/** A value that the compiler evaluates makes what it stands in one that it evaluates, too (section 15.29). */
function unlikeConstant(at: SyntaxNode, value: SyntaxNode, source: Source): string | undefined {
  const name = value.parent && inField(value.parent, "name");
  const around = expressionsAround(at);
  const isCompared = around.some(
    (it) => it.type === "binary_expression" && /^[!=]=$/.test(inField(it, "operator")?.type ?? ""),
  );
  if (isCompared && !isPrimitive(typeOf(value, source)))
    return "whether it is the same thing is asked for there";
  if (!isConstantExpression(value, source) || (name && isConstantExpression(name, source))) return undefined;
  const last = around.at(-1) ?? at;
  return /^(while|do|for)_statement$/.test(
    last.parent?.type === "condition" ? (last.parent.parent?.type ?? "") : (last.parent?.type ?? ""),
  )
    ? "the compiler would know the condition"
    : undefined;
}

/** The node and the expressions that it is a part of. */
function expressionsAround(at: SyntaxNode): readonly SyntaxNode[] {
  const all = [at, ...ancestors(at)];
  const end = all.findIndex(
    (it) =>
      !/_expression$|^(identifier|method_invocation|argument_list|field_access|array_access)$/.test(it.type),
  );
  return all.slice(0, end === -1 ? all.length : end);
}

function unlikeType(at: SyntaxNode, value: SyntaxNode, source: Source): string | undefined {
  const name = value.parent && inField(value.parent, "name");
  const binding = name && source.bindings().at(name);
  const list = value.parent?.parent;
  const type = list && inField(list, "type");
  if (!binding || !type) return "its type is not certain";
  const isVar = textOf(type, source) === "var";
  const [declared, own] = [bindingType(binding, source), typeOf(value, source)];
  if (own !== undefined && (isVar || own === declared)) return undefined;
  const isOnce = binding.references.length === 1 || isPlainPrimitive(declared);
  if (
    !isVar &&
    declared !== undefined &&
    targetType(at, source) === declared &&
    isOnce &&
    !isInLambda(at, value)
  )
    return undefined;
  const isSame = isVar && isStandalone(value) && isStandalone(aroundOf(at));
  return isSame ? undefined : "the type that it was declared with may not be that of its value";
}

function isPlainPrimitive(type: string | undefined): boolean {
  return isPrimitive(type) && isPlainType(type);
}

function isInLambda(at: SyntaxNode, value: SyntaxNode): boolean {
  return nearest(at, (it) => it.type === "lambda_expression" && !contains(it, value)) !== undefined;
}
