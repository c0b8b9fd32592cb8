import { ancestors, contains, inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { functionAround } from "../selection.ts";
import { hasOwnType, isConstantExpression, isOperand, targetType } from "./declared-type.ts";
import { isChangedThere } from "./effects.ts";
import { aroundOf, declaratorOf, hasModifier, isTarget, overflowAround } from "./places.ts";
import { isPlainType, isShared } from "./plain-types.ts";
import { isNameof } from "./platform.ts";
import { isPlaced, mayTakeApart } from "./standing.ts";
import { bindingType, typeOf } from "./types.ts";

/** How strongly the parts of an expression hold together (C# language specification, section 12.4.2, "Operator precedence"). */
const BINARY: Readonly<Record<string, number>> = {
  "??": 3,
  "||": 4,
  "&&": 5,
  "|": 6,
  "^": 7,
  "&": 8,
  "==": 9,
  "!=": 9,
  "<": 10,
  ">": 10,
  "<=": 10,
  ">=": 10,
  "<<": 11,
  ">>": 11,
  "+": 12,
  "-": 12,
  "*": 13,
  "/": 13,
  "%": 13,
};
/** Strength of a comparison by `==`. */
export const EQUALITY = 9;
const RELATION = 10;
const RANGE = 14;
/** Strength of `!a`. */
export const UNARY = 15;
const PRIMARY = 16;

/** How strongly an expression holds together, from 0. */
export function strengthOf(node: SyntaxNode): number {
  switch (node.type) {
    case "lambda_expression":
    case "anonymous_method_expression":
    case "query_expression":
    case "throw_expression":
      return 0;
    case "assignment_expression":
      return 1;
    case "conditional_expression":
      return 2;
    case "binary_expression":
      return BINARY[inField(node, "operator")?.type ?? ""] ?? 0;
    case "is_expression":
    case "as_expression":
    case "is_pattern_expression":
      return RELATION;
    case "switch_expression":
    case "with_expression":
    case "range_expression":
      return RANGE;
    case "prefix_unary_expression":
    case "cast_expression":
    case "await_expression":
    // What goes on behind `a?.b` would belong to it.
    case "conditional_access_expression":
    case "array_creation_expression":
      return UNARY;
    default:
      return PRIMARY;
  }
}

/** See `CodeRules.inPlaceOf`. */
export function inPlaceOf(at: SyntaxNode, value: SyntaxNode, text: string): string {
  return strengthOf(value) < neededAt(at) || clings(at, value, text) ? `(${text})` : text;
}

/** The least strength with which something can stand there without parentheses. */
function neededAt({ parent, field }: SyntaxNode): number {
  switch (parent?.type) {
    case "binary_expression": {
      const own = strengthOf(parent);
      // `??` holds its right side first.
      return own + (field === (own === BINARY["??"] ? "left" : "right") ? 1 : 0);
    }
    case "is_expression":
    case "as_expression":
    case "is_pattern_expression":
      return RELATION;
    case "prefix_unary_expression":
    case "cast_expression":
    case "await_expression":
      return UNARY;
    case "conditional_expression":
      return 3;
    case "interpolation":
      return 3;
    case "element_access_expression":
    case "member_access_expression":
    case "conditional_access_expression":
    case "invocation_expression":
    case "postfix_unary_expression":
      return PRIMARY;
    case "switch_expression":
    case "with_expression":
    case "range_expression":
      return UNARY;
    default:
      return 0;
  }
}

/** Two signs must not become one, a sign behind a cast is taken for an operator, and `<` between commas for a list of types. */
function clings({ parent }: SyntaxNode, value: SyntaxNode, text: string): boolean {
  const isSigned = /^[-+&*^]/.test(text);
  if (parent?.type === "cast_expression") return isSigned;
  if (parent?.type === "argument") return [...walk(value)].some((it) => it.type === "<");
  return isSigned && /^(prefix_unary|binary)_expression$/.test(parent?.type ?? "");
}

/** See `CodeRules.cannotTakePlaceOf`. */
export function cannotTakePlaceOf(at: SyntaxNode, value: SyntaxNode, source: Source): string | undefined {
  const { parent } = aroundOf(at);
  if (isTarget(at)) return "the variable itself is needed there";
  if (nearest(at.parent, (it) => isNameof(it, source))) return "its name is asked for there";
  if (/^(lock|using|fixed)_statement$/.test(parent?.type ?? ""))
    return "what is held there must be one thing";
  if (nearest(at, (it) => /^(constant_pattern|case_switch_label|attribute)$/.test(it.type)))
    return "it has to be a constant there";
  const home = functionAround(value, source);
  if (home && [...walk(home)].some((it) => it.type === "labeled_statement"))
    return "its function jumps, so that a use may come again";
  const isText =
    /["'{}\n\r\\]/.test(textOf(value, source)) &&
    nearest(at, (it) => it.type === "interpolation") !== undefined;
  if (isText) return "older compilers take none such in the braces of a text";
  const counted = overflowAround(at);
  if (counted !== overflowAround(value) && !isPlainType(typeOf(value, source)) && value.children.length > 0)
    return "numbers are counted there in another way";
  if (counted !== overflowAround(value) && /_expression$/.test(value.type))
    return "numbers are counted there in another way";
  if (value.type === "interpolated_string_expression" && mayTakeApart(at, true, source))
    return "who is given the text may ask for its parts";
  return unlikeLocked(at, value, source) ?? unlikeStruct(at, value, source) ?? unlikeType(at, value, source);
}

function unlikeLocked(at: SyntaxNode, value: SyntaxNode, source: Source): string | undefined {
  const lock = nearest(at, (it) => it.type === "lock_statement" && !contains(it, value));
  if (lock && source.rules.effectOf(value, source) !== "pure")
    return "it would be read while something is locked";
  const other = functionAround(at, source) !== functionAround(value, source);
  return other && value.type !== "identifier" && !isConstantExpression(value, source)
    ? "a lambda, or another function, would be made of something else"
    : undefined;
}

/** A variable of a struct is a copy. */
function unlikeStruct(at: SyntaxNode, value: SyntaxNode, source: Source): string | undefined {
  if (!isChangedThere(at)) return undefined;
  const type = typeOf(value, source) ?? typeOf(at, source);
  const isSame = isPlainType(type) || isShared(type, source) || !isPlaced(value);
  return isSame ? undefined : "it may be a struct, of which the variable is a copy";
}

/** Where the type of the variable matters, the value must have it for certain. */
function unlikeType(at: SyntaxNode, value: SyntaxNode, source: Source): string | undefined {
  const declarator = declaratorOf(value);
  const name = declarator?.children[0];
  const binding = name && source.bindings().at(name);
  const list = declarator?.parent;
  const type = list && inField(list, "type");
  const why = "the type that it was declared with may not be that of its value";
  if (!binding || !type || !list) return "its type is not certain";
  const isVar = type.type === "implicit_type";
  const [declared, own] = [bindingType(binding, source), typeOf(value, source)];
  const isSame = own === undefined ? isVar : own === declared;
  if (isConstantExpression(value, source)) {
    const isConstant = list.parent !== undefined && hasModifier(list.parent, /^const$/);
    if (own !== declared) return why;
    return isConstant || fitsConstant(at, declared, source)
      ? undefined
      : "a constant would be of another type there";
  }
  const isNatural = hasOwnType(value, source) || (own !== undefined && isOperand(at));
  if (isSame && isNatural) return undefined;
  const isOnce = binding.references.length === 1 || isPlainType(declared);
  const isWanted = declared !== undefined && targetType(at, source) === declared && isOnce;
  return isWanted && functionAround(at, source) === functionAround(value, source) ? undefined : why;
}

/** Whether a constant is taken there for what a variable of its type would be. */
function fitsConstant(at: SyntaxNode, type: string | undefined, source: Source): boolean {
  const around = aroundOf(at);
  const { parent } = around;
  if (targetType(at, source) === type && type !== undefined) return true;
  if (parent?.type === "interpolation") return true;
  if (parent?.type === "binary_expression") {
    const other = parts(parent).find((it) => it !== around);
    return (
      other !== undefined &&
      typeOf(other, source) === type &&
      !isConstantExpression(other, source) &&
      !isHead(parent, source)
    );
  }
  return isOperand(at) && type === "string" && parent?.type === "member_access_expression";
}

/** Whether a condition that is known may come of it. */
function isHead(node: SyntaxNode, source: Source): boolean {
  return ancestors(node).some((it) => source.rules.isExpression(it) && isConstantExpression(it, source));
}
