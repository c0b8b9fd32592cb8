import { inField, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";

const EXPRESSION =
  /^(identifier|(int|float|imaginary|rune|interpreted_string|raw_string|composite|func)_literal|true|false|nil|iota|(call|selector|index|slice|type_assertion|type_conversion|type_instantiation|unary|binary|parenthesized)_expression)$/;
const STATEMENT = /(_statement|^(short_var|var|const|type|function|method|import)_declaration|^block)$/;
/** Statements that jump, give, take or begin something by themselves. */
const ACTING =
  /^(return|break|continue|goto|fallthrough|go|defer|send|receive|inc|dec|labeled|select|for|type_switch)_statement$/;

/** Whether it is a function. */
export function isFunction({ type }: SyntaxNode): boolean {
  return /^(function_declaration|method_declaration|func_literal)$/.test(type);
}

/** Whether it has a value, or may have one; names that declare have none. */
export function isExpression({ type, field, parent, isNamed }: SyntaxNode): boolean {
  if (!isNamed || !EXPRESSION.test(type)) return false;
  return type !== "identifier" || (field !== "name" && parent?.type !== "package_clause");
}

/** Whether it is a statement or a declaration. */
export function isStatement({ type }: SyntaxNode): boolean {
  return STATEMENT.test(type);
}

/** See `CodeRules.actsItself`. What is no variable of its own may be seen elsewhere when it gets a value. */
export function actsItself(node: SyntaxNode): boolean {
  if (node.type !== "assignment_statement") return ACTING.test(node.type);
  const left = inField(node, "left");
  return left !== undefined && parts(left).some((it) => it.type !== "identifier");
}

/** See `CodeRules.inOrder`: which function a name stands for, and whose, is found out together with the arguments. */
export function inOrder(node: SyntaxNode): readonly SyntaxNode[] {
  const callee = node.type === "call_expression" ? inField(node, "function") : undefined;
  const operand = callee?.type === "selector_expression" ? inField(callee, "operand") : callee;
  return parts(node).filter((it) => it !== callee || operand?.type !== "identifier");
}

/** See `CodeRules.notAlways` (The Go Programming Language Specification, "Statements"). */
export function notAlways(node: SyntaxNode): string | undefined {
  const { parent, field } = node;
  if (!parent) return undefined;
  if (isFunction(parent)) return "it belongs to a function, which runs at another time";
  switch (parent.type) {
    case "binary_expression":
      return field === "right" && /^(&&|\|\|)$/.test(inField(parent, "operator")?.type ?? "")
        ? "the left side decides whether it is evaluated"
        : undefined;
    case "for_statement":
      return /^(for|range)_clause$/.test(node.type) ? undefined : "the loop evaluates it again and again";
    case "for_clause":
      return field === "initializer" ? undefined : "the loop evaluates it again and again";
    case "range_clause":
      return field === "right" ? undefined : "it is given a value again and again";
    case "if_statement":
      if (field === "consequence" || field === "alternative")
        return "the condition decides whether it is run";
      return parent.field === "alternative" ? "the condition before it decides whether it is run" : undefined;
    case "expression_switch_statement":
    case "type_switch_statement":
    case "select_statement":
      return /_case$/.test(node.type) ? "it belongs to a case" : undefined;
    case "expression_case":
    case "type_case":
    case "default_case":
    case "communication_case":
      return "it belongs to a case";
    default:
      return undefined;
  }
}

/** Whether the innermost function around a node has jumps that go anywhere in it. */
export function hasJumps(node: SyntaxNode): boolean {
  const home = nearest(node.parent, isFunction);
  return home !== undefined && jumpsIn(home);
}

function jumpsIn(node: SyntaxNode): boolean {
  return node.children.some((it) => it.type === "goto_statement" || (!isFunction(it) && jumpsIn(it)));
}
