import { inField, type SyntaxNode } from "../../syntax/tree.ts";

/** How strongly the parts of an expression hold together (ECMA-262, section 13; MDN, "Operator precedence"). */
const BINARY: Readonly<Record<string, number>> = {
  "??": 3,
  "||": 3,
  "&&": 4,
  "|": 5,
  "^": 6,
  "&": 7,
  "==": 8,
  "!=": 8,
  "===": 8,
  "!==": 8,
  "<": 9,
  "<=": 9,
  ">": 9,
  ">=": 9,
  in: 9,
  instanceof: 9,
  "<<": 10,
  ">>": 10,
  ">>>": 10,
  "+": 11,
  "-": 11,
  "*": 12,
  "/": 12,
  "%": 12,
  "**": 13,
};
/** Strength of `!a`. */
export const UNARY = 14;
const POSTFIX = 15;
const CALL = 17;
const PRIMARY = 18;

/** How strongly an expression holds together, from 0. */
export function strengthOf(node: SyntaxNode): number {
  switch (node.type) {
    case "sequence_expression":
      return 0;
    case "arrow_function":
    case "assignment_expression":
    case "augmented_assignment_expression":
    case "yield_expression":
    case "ternary_expression":
      return 1;
    case "as_expression":
    case "satisfies_expression":
      return 9;
    case "binary_expression":
      return BINARY[inField(node, "operator")?.type ?? ""] ?? 1;
    case "unary_expression":
    case "await_expression":
    case "type_assertion":
      return UNARY;
    case "update_expression":
      return POSTFIX;
    case "new_expression":
    case "call_expression":
    case "member_expression":
    case "subscript_expression":
    case "non_null_expression":
      return CALL;
    default:
      return PRIMARY;
  }
}

/** See `CodeRules.inPlaceOf`. */
export function inPlaceOf(at: SyntaxNode, value: SyntaxNode, text: string): string {
  return needsParentheses(at, value) ? `(${text})` : text;
}

function needsParentheses(at: SyntaxNode, value: SyntaxNode): boolean {
  const { parent, field } = at;
  if (!parent) return false;
  if (parent.type === "parenthesized_expression") return false;
  // At the beginning of a statement, a body or an export they would be read as something else.
  if (/^(object|function_expression|generator_function|class)$/.test(value.type) && isAtStart(at))
    return true;
  const strength = strengthOf(value);
  switch (parent.type) {
    case "binary_expression":
      return besideOperator(parent, field, value, strength);
    case "unary_expression":
    case "await_expression":
    case "type_assertion":
      return strength < UNARY || value.type === "unary_expression";
    case "spread_element":
      return strength === 0;
    case "as_expression":
    case "satisfies_expression":
      return strength < 10;
    case "ternary_expression":
      return field === "condition" ? strength <= 1 : strength === 0;
    case "member_expression":
    case "subscript_expression":
    case "non_null_expression":
      return field === "index" ? false : strength < CALL || isAwkwardObject(value);
    case "call_expression":
      return strength < CALL || isAwkwardObject(value);
    case "new_expression":
      return true;
    case "class_heritage":
    case "extends_clause":
    case "decorator":
      return strength < CALL;
    case "arguments":
    case "array":
    case "pair":
    case "object":
    case "variable_declarator":
    case "assignment_expression":
    case "augmented_assignment_expression":
      return strength === 0;
    case "arrow_function":
      return strength === 0;
    default:
      return strength === 0;
  }
}

/** `(0).a`, `(new A).b` and `(a?.b).c` need them; so do functions that are called. */
function isAwkwardObject(value: SyntaxNode): boolean {
  if (/^(number|function_expression|generator_function|class|object)$/.test(value.type)) return true;
  if (value.type === "new_expression" && inField(value, "arguments") === undefined) return true;
  return [value, ...value.children].some((it) => it.type === "optional_chain") || /\?\./.test(value.type);
}

function besideOperator(
  parent: SyntaxNode,
  field: string | undefined,
  value: SyntaxNode,
  strength: number,
): boolean {
  const sign = inField(parent, "operator")?.type ?? "";
  const own = BINARY[sign] ?? 1;
  if (sign === "**" && field === "left") return strength <= UNARY;
  // `??` may not stand beside `||` and `&&` without.
  const inner = value.type === "binary_expression" ? (inField(value, "operator")?.type ?? "") : "";
  if ([sign, inner].includes("??") && /^(\?\?|&&|\|\|)$/.test(inner) && inner !== sign) return true;
  if ([sign, inner].includes("??") && /^(&&|\|\|)$/.test(sign)) return true;
  if (/^[+-]$/.test(sign) && field === "right" && /^(unary|update)_expression$/.test(value.type)) return true;
  return field === "left" ? strength < own : strength <= own;
}

/** Whether nothing of its statement, arrow body or default export stands before it. */
function isAtStart(node: SyntaxNode): boolean {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type === "expression_statement") return true;
    if (parent.type === "arrow_function") return at.field === "body";
    if (parent.type === "export_statement") return true;
    if (parent.from !== at.from) return false;
  }
  return false;
}
