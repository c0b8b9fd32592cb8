import { inField, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { functionAround } from "../selection.ts";
import { isPrimitive } from "./plain-types.ts";
import { typeOf } from "./types.ts";

/** Their type never depends on what is expected of them (The Java Language Specification, section 15.2). */
const STANDALONE =
  /^(identifier|field_access|array_access|this|class_literal|binary_expression|unary_expression|update_expression|assignment_expression|array_creation_expression)$/;

/** The type that a variable for the value is declared with, `var` where it certainly has the same type then; `undefined`: neither is certain. */
export function declaredTypeFor(node: SyntaxNode, source: Source): string | undefined {
  const known = typeOf(node, source);
  if (known !== undefined) return known;
  const target = targetType(node, source);
  if (target !== undefined && node.type !== "array_initializer") return target;
  return isStandalone(node) ? "var" : undefined;
}

/** Whether nothing is expected of its type: it is an operand, a condition, or what a member is taken of. */
export function isStandalone(node: SyntaxNode): boolean {
  if (/^(lambda_expression|method_reference|null_literal|array_initializer)$/.test(node.type)) return false;
  if (STANDALONE.test(node.type)) return true;
  const around = nearest(node.parent, (it) => it.type !== "parenthesized_expression");
  const at = aroundOf(node);
  switch (around?.type) {
    case "binary_expression":
    case "unary_expression":
    case "array_access":
    case "condition":
    case "instanceof_expression":
      return true;
    case "field_access":
    case "method_invocation":
      return at.field === "object";
    case "ternary_expression":
      return at.field === "condition";
    case "enhanced_for_statement":
      return at.field === "value";
    default:
      return false;
  }
}

/** The outermost parentheses around a node, or itself. */
export function aroundOf(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent?.type === "parenthesized_expression" && at.parent.parent) at = at.parent;
  return at;
}

/** The written type that the value is converted to where it stands: that of its variable, of what it is assigned to, of what its method returns. */
export function targetType(node: SyntaxNode, source: Source): string | undefined {
  const at = aroundOf(node);
  const { parent, field } = at;
  if (!parent) return undefined;
  switch (parent.type) {
    case "variable_declarator":
      return field === "value" ? declaratorType(parent, source) : undefined;
    case "assignment_expression": {
      const isPlain = inField(parent, "operator")?.type === "=";
      const left = inField(parent, "left");
      return field === "right" && isPlain && left ? typeOf(left, source) : undefined;
    }
    case "return_statement": {
      const method = functionAround(parent, source);
      const type = method?.type === "method_declaration" ? inField(method, "type") : undefined;
      return type && textOf(type, source);
    }
    default:
      return undefined;
  }
}

function declaratorType(declarator: SyntaxNode, source: Source): string | undefined {
  const type = declarator.parent && inField(declarator.parent, "type");
  if (!type || textOf(type, source) === "var") return undefined;
  const dimensions = inField(declarator, "dimensions");
  return textOf(type, source) + (dimensions ? textOf(dimensions, source).replace(/\s/g, "") : "");
}

/** Whether it is a constant expression for certain (section 15.29): of literals, of final variables that have one as their value, and of operators. */
export function isConstantExpression(node: SyntaxNode, source: Source, far = 8): boolean {
  if (far === 0) return false;
  const areParts = () => parts(node).every((it) => isConstantExpression(it, source, far - 1));
  switch (node.type) {
    case "parenthesized_expression":
    case "binary_expression":
    case "unary_expression":
    case "ternary_expression":
      return areParts();
    case "cast_expression": {
      const value = inField(node, "value");
      const isPlain = isPrimitive(typeOf(node, source)) || typeOf(node, source) === "String";
      return isPlain && value !== undefined && isConstantExpression(value, source, far - 1);
    }
    case "identifier":
      return isConstantName(node, source, far);
    default:
      return /_literal$|^true$|^false$/.test(node.type) && !/^(class|null)_/.test(node.type);
  }
}

function isConstantName(node: SyntaxNode, source: Source, far: number): boolean {
  const binding = source.bindings().at(node);
  const [name, ...more] = binding?.declarations ?? [];
  const value = name?.parent?.type === "variable_declarator" ? inField(name.parent, "value") : undefined;
  if (binding?.kind !== "constant" || !name || more.length > 0 || !value) return false;
  const type = typeOf(name, source);
  return (isPrimitive(type) || type === "String") && isConstantExpression(value, source, far - 1);
}
