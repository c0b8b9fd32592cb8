import { inField, nearest, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { isTaken, leavesNothing } from "./moving.ts";
import { plainOf } from "./plain.ts";

/** How strongly the sides of a sign hold together (The Rust Reference, "Expression precedence"). */
const BINARY: Readonly<Record<string, number>> = {
  "||": 2,
  "&&": 3,
  "|": 5,
  "^": 6,
  "&": 7,
  "<<": 8,
  ">>": 8,
  "+": 9,
  "-": 9,
  "*": 10,
  "/": 10,
  "%": 10,
};
const COMPARISON = 4;
const RANGE = 1;
const CAST = 11;
/** Strength of `!a`. */
export const UNARY = 12;
const PRIMARY = 13;

/** How strongly an expression holds together, from 0. */
export function strengthOf(node: SyntaxNode): number {
  switch (node.type) {
    case "binary_expression":
      return BINARY[inField(node, "operator")?.type ?? ""] ?? COMPARISON;
    case "range_expression":
      return RANGE;
    case "type_cast_expression":
      return CAST;
    case "unary_expression":
    case "reference_expression":
      return UNARY;
    case "closure_expression":
    case "return_expression":
    case "assignment_expression":
      return 0;
    default:
      return PRIMARY;
  }
}

/** See `CodeRules.inPlaceOf`. */
export function inPlaceOf(at: SyntaxNode, value: SyntaxNode, text: string): string {
  return strengthOf(value) < neededAt(at) ? `(${text})` : text;
}

function neededAt(at: SyntaxNode): number {
  const { parent, field } = at;
  switch (parent?.type) {
    // Comparisons do not go on, and `a as b < c` would begin with a type.
    case "binary_expression":
      return (
        strengthOf(parent) +
        (field === "right" || strengthOf(parent) === COMPARISON ? 1 : 0) +
        (field === "left" ? CASTED : 0)
      );
    case "unary_expression":
    case "reference_expression":
      return UNARY;
    case "type_cast_expression":
      return CAST;
    case "range_expression":
      return RANGE + 1;
    case "field_expression":
    case "try_expression":
    case "await_expression":
      return PRIMARY;
    case "index_expression":
      return parent.children[0] === at ? PRIMARY : 0;
    case "call_expression":
      return field === "function" ? PRIMARY : 0;
    default:
      return 0;
  }
}

/** On the left side of a sign all but what is of one piece is put in parentheses. */
const CASTED = PRIMARY;

/** See `CodeRules.cannotTakePlaceOf`: what is no plain value is moved where it is used, and only once. */
export function cannotTakePlaceOf(at: SyntaxNode, value: SyntaxNode, source: Source): string | undefined {
  const statement = value.parent;
  if (nearest(at, (it) => it.type === "token_tree")) return "a macro takes it as it is written";
  if (statement && inField(statement, "type"))
    return "its type is written, and the value alone may have another";
  const name = statement && inField(statement, "pattern");
  const uses = name && source.bindings().at(name)?.references.length;
  const isNumber = /^(integer|float)_literal$/.test(value.type) && !/[iuf]\w+$/.test(textOf(value, source));
  if (plainOf(value, source) && !isUntyped(value)) return isBorrowed(at) ? "it is borrowed there" : undefined;
  if (uses !== 1)
    return isNumber ? "each number would have a type of its own" : "what it is may be moved only once";
  if (!isTaken(at) || isBorrowed(at)) return "what it is may be borrowed or dropped where it is used";
  return leavesNothing(value, source) ? undefined : "what it makes meanwhile may be dropped at another time";
}

/** A number whose type is told by where it goes. */
function isUntyped(value: SyntaxNode): boolean {
  return value.type === "integer_literal" ||
    value.type === "float_literal" ||
    value.type === "unary_expression"
    ? true
    : value.children.length > 0 && value.children.filter((it) => it.isNamed).every(isUntyped);
}

/** See `CodeRules.isTypedByPlace`: numbers without a type, and what is made of such alone. */
export function isTypedByPlace(value: SyntaxNode, source: Source): boolean {
  if (/^(integer|float)_literal$/.test(value.type))
    return !/[iuf](8|16|32|64|128|size)$/.test(textOf(value, source));
  const inner = value.children.filter((it) => it.isNamed);
  return inner.length > 0 && inner.every((it) => isTypedByPlace(it, source));
}

function isBorrowed({ parent }: SyntaxNode): boolean {
  return parent !== undefined && /^(reference|field|match)_expression$/.test(parent.type);
}
