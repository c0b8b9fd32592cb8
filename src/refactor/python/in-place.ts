import { inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { effectOf } from "./effects.ts";
import { isInTarget, isShown, isStatementAlone } from "./places.ts";

/** How strongly the parts of an expression hold together (The Python Language Reference, section 6.17, "Operator precedence"). */
const BINARY: Readonly<Record<string, number>> = {
  "|": 6,
  "^": 7,
  "&": 8,
  "<<": 9,
  ">>": 9,
  "+": 10,
  "-": 10,
  "*": 11,
  "/": 11,
  "//": 11,
  "%": 11,
  "@": 11,
  "**": 13,
};
/** Strength of `a if b else c`. */
export const CONDITIONAL = 1;
const OR = 2;
const AND = 3;
/** Strength of `not a`. */
export const NOT = 4;
const COMPARISON = 5;
const BITWISE = 6;
const UNARY = 12;
const AWAIT = 14;
const PRIMARY = 15;

/** How strongly an expression holds together, from 0. */
export function strengthOf(node: SyntaxNode): number {
  switch (node.type) {
    case "expression_list":
    case "yield":
    case "named_expression":
      return 0;
    case "lambda":
    case "conditional_expression":
      return CONDITIONAL;
    case "boolean_operator":
      return inField(node, "operator")?.type === "or" ? OR : AND;
    case "not_operator":
      return NOT;
    case "comparison_operator":
      return COMPARISON;
    case "binary_operator":
      return signOf(node);
    case "unary_operator":
      return UNARY;
    case "await":
      return AWAIT;
    default:
      return PRIMARY;
  }
}

function signOf(node: SyntaxNode): number {
  return BINARY[inField(node, "operator")?.type ?? ""] ?? CONDITIONAL;
}

/** See `CodeRules.inPlaceOf`. */
export function inPlaceOf(at: SyntaxNode, value: SyntaxNode, text: string): string {
  return strengthOf(value) < neededAt(at, value) ? `(${text})` : text;
}

/** The least strength with which something can stand there without parentheses. */
function neededAt(at: SyntaxNode, value: SyntaxNode): number {
  const { parent, field } = at;
  switch (parent?.type) {
    case "parenthesized_expression":
      return 0;
    case "binary_operator":
      return besideSign(signOf(parent), field);
    case "unary_operator":
      return UNARY;
    case "boolean_operator":
      return strengthOf(parent) + (field === "right" ? 1 : 0);
    case "not_operator":
      return NOT;
    case "comparison_operator":
      return COMPARISON + 1;
    case "conditional_expression":
      return parts(parent)[2] === at ? CONDITIONAL : OR;
    case "for_in_clause":
    case "if_clause":
      return OR;
    case "list_splat":
    case "dictionary_splat":
      return BITWISE;
    case "await":
      return PRIMARY;
    case "attribute":
      // `5.real` would be the number "5." and a name.
      return /^(integer|float)$/.test(value.type) ? PRIMARY + 1 : PRIMARY;
    case "subscript":
      return field === "value" ? PRIMARY : CONDITIONAL;
    case "call":
      return PRIMARY;
    case "interpolation":
    case "format_expression":
      // "{{" is a sign of its own.
      return /^(dictionary|set)/.test(value.type) ? PRIMARY + 1 : PRIMARY;
    default:
      return CONDITIONAL;
  }
}

function besideSign(sign: number, field: string | undefined): number {
  if (sign === BINARY["**"]) return field === "left" ? AWAIT : UNARY;
  return field === "right" ? sign + 1 : sign;
}

/** `__name` (section 6.2.1, "Private name mangling"). */
function hasMangled(value: SyntaxNode, source: Source): boolean {
  return [...walk(value)].some((it) => it.type === "identifier" && /^__\w*(?<!__)$/.test(textOf(it, source)));
}

/** See `CodeRules.cannotTakePlaceOf`. */
export function cannotTakePlaceOf(at: SyntaxNode, value: SyntaxNode, source: Source): string | undefined {
  if (/^(global|nonlocal)_statement$/.test(at.parent?.type ?? "")) return "it is only named there";
  if (at.parent?.type === "decorator") return "it decorates something";
  if (isInTarget(at) && effectOf(value, source) !== "pure") return "what is right of it is evaluated first";
  if (/string$/.test(value.type) && isStatementAlone(at)) return "a text there is documentation";
  if (hasMangled(value, source)) return "its name is another one in a class";
  const hole = nearest(at, (it) => it.type === "interpolation");
  if (!hole) return undefined;
  if (isShown(hole, source)) return "its text is shown, too";
  // PEP 701: before Python 3.12 these cannot stand within a string.
  return /["'\\#\n]/.test(textOf(value, source)) ? "within a string its value cannot be written" : undefined;
}
