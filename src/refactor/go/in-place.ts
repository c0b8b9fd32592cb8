import { inField, nearest, type SyntaxNode, walk } from "../../syntax/tree.ts";

/** How strongly the two sides of a sign hold together (The Go Programming Language Specification, "Operator precedence"). */
const BINARY: Readonly<Record<string, number>> = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  "+": 4,
  "-": 4,
  "|": 4,
  "^": 4,
};
const PRODUCT = 5;
/** Strength of `!a`. */
export const UNARY = 6;
const PRIMARY = 7;

/** How strongly an expression holds together, from 1. */
export function strengthOf(node: SyntaxNode): number {
  if (node.type === "binary_expression") return BINARY[inField(node, "operator")?.type ?? ""] ?? PRODUCT;
  return node.type === "unary_expression" ? UNARY : PRIMARY;
}

/** See `CodeRules.inPlaceOf`. */
export function inPlaceOf(at: SyntaxNode, value: SyntaxNode, text: string): string {
  const isLoose = strengthOf(value) < neededAt(at) || (value.type === "unary_expression" && isBesideSign(at));
  return isLoose || (isInHead(at) && hasBraces(value)) ? `(${text})` : text;
}

function neededAt({ parent, field }: SyntaxNode): number {
  switch (parent?.type) {
    case "binary_expression":
      return strengthOf(parent) + (field === "right" ? 1 : 0);
    case "unary_expression":
      return UNARY;
    case "selector_expression":
    case "type_assertion_expression":
      return PRIMARY;
    case "index_expression":
    case "slice_expression":
      return field === "operand" ? PRIMARY : 0;
    case "call_expression":
      return field === "function" ? PRIMARY : 0;
    case "type_switch_statement":
      return PRIMARY;
    default:
      return 0;
  }
}

/** `a-` and `-b` together would be another sign. */
function isBesideSign({ parent, field }: SyntaxNode): boolean {
  return parent?.type === "unary_expression" || (parent?.type === "binary_expression" && field === "right");
}

/** In the head of a statement a brace begins its block ("Composite literals"). */
function isInHead(at: SyntaxNode): boolean {
  const around = nearest(at, (it) =>
    /^(block|argument_list|parenthesized_expression|literal_value|(expression|type|default|communication)_case|((if|for|expression_switch|type_switch)_statement))$/.test(
      it.type,
    ),
  );
  return around !== undefined && /_statement$/.test(around.type);
}

function hasBraces(value: SyntaxNode): boolean {
  return [...walk(value)].some((it) => /^(composite|func)_literal$/.test(it.type));
}
