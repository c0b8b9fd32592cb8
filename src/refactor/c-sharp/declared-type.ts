import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Source } from "../refactoring.ts";
import { functionAround } from "../selection.ts";
import { aroundOf, givenValue, hasModifier, isPlain } from "./places.ts";
import { isNumeric, isPlainType, written } from "./plain-types.ts";
import { isNameof } from "./platform.ts";
import { typeOf } from "./types.ts";

/** Their type never depends on what is expected of them. */
const STANDALONE =
  /^((as|is|is_pattern|element_access|array_creation|implicit_array_creation|object_creation|anonymous_object_creation|type_of|await|postfix_unary|query|with)_expression)$/;
/** They have none, or another one where another one is expected. */
const BENDING =
  /^(null_literal|(anonymous_method|lambda|default|conditional|switch|implicit_object_creation|tuple|size_of|range|stack_alloc_array_creation|implicit_stack_alloc_array_creation|this)_expression)$/;

/** How a variable for the value is declared: as a constant, with `var` where it certainly has the same type then, or with the type that is expected; `undefined`: neither is certain. */
export function declaredTypeFor(node: SyntaxNode, source: Source): string | undefined {
  if (isConstantExpression(node, source)) {
    const type = typeOf(node, source);
    return type && `const ${type}`;
  }
  if (hasOwnType(node, source)) return "var";
  return targetType(node, source);
}

/** Whether a value has the same type wherever it stands. */
export function hasOwnType(node: SyntaxNode, source: Source): boolean {
  const [only] = parts(node);
  switch (node.type) {
    case "parenthesized_expression":
    case "checked_expression":
      return only !== undefined && hasOwnType(only, source);
    case "identifier":
    case "generic_name":
    case "member_access_expression":
    case "conditional_access_expression":
      return isValue(node, source);
    case "invocation_expression":
      return isNameof(node, source) || isAsked(node);
    case "assignment_expression":
      return isPlain(node) && isAsked(node);
    case "interpolated_string_expression":
      return isOperand(node) || isArgument(node) || targetType(node, source) === "string";
    case "binary_expression":
      return parts(node).every((it) => it.type !== "null_literal" || isCompared(node));
    case "prefix_unary_expression":
    case "cast_expression":
      return true;
    case "conditional_expression":
      return isOperand(node) && typeOf(node, source) !== undefined;
    default:
      return STANDALONE.test(node.type) && !BENDING.test(node.type);
  }
}

function isArgument(node: SyntaxNode): boolean {
  return aroundOf(node).parent?.type === "argument";
}

function isCompared(node: SyntaxNode): boolean {
  return /^[!=]=$/.test(inField(node, "operator")?.type ?? "");
}

/** A name may stand for methods, which have no type by themselves. */
function isValue(node: SyntaxNode, source: Source): boolean {
  if (isOperand(node) || typeOf(node, source) !== undefined) return true;
  if (node.type === "identifier") {
    const kind = source.bindings().at(node)?.kind;
    return kind === "variable" || kind === "constant" || kind === "parameter";
  }
  const target = targetType(node, source);
  return isPlainType(target) || (target === undefined && isGivenToVar(node));
}

function isGivenToVar(node: SyntaxNode): boolean {
  const clause = aroundOf(node).parent;
  const type = clause?.parent?.parent && inField(clause.parent.parent, "type");
  return clause?.type === "equals_value_clause" && type?.type === "implicit_type";
}

/** Whether its value is used: what is called alone may give none. */
function isAsked(node: SyntaxNode): boolean {
  const { parent, field } = aroundOf(node);
  const type = parent?.type ?? "";
  if (/^(expression_statement|arrow_expression_clause)$/.test(type)) return false;
  if (type === "for_statement") return field === "condition";
  return !(type === "lambda_expression" && field === "body");
}

/** Whether nothing is expected of its type: it is an operand, a condition, or what a member is taken of. */
export function isOperand(node: SyntaxNode): boolean {
  const { parent, field } = aroundOf(node);
  switch (parent?.type) {
    case "binary_expression":
      return inField(parent, "operator")?.type !== "??";
    case "prefix_unary_expression":
    case "is_expression":
    case "is_pattern_expression":
    case "interpolation":
    case "if_statement":
    case "while_statement":
    case "do_statement":
    case "switch_statement":
      return true;
    case "element_access_expression":
    case "member_access_expression":
      return field === "expression";
    case "conditional_access_expression":
    case "conditional_expression":
      return field === "condition";
    case "for_each_statement":
      return field === "right";
    case "for_statement":
      return field === "condition";
    case "argument":
      return parent.parent?.type === "bracketed_argument_list";
    default:
      return false;
  }
}

/** The written type that the value is converted to where it stands: that of its variable, of what it is assigned to, of what its method returns. */
export function targetType(node: SyntaxNode, source: Source): string | undefined {
  const at = aroundOf(node);
  const { parent, field } = at;
  switch (parent?.type) {
    case "equals_value_clause": {
      const type = parent.parent?.parent && inField(parent.parent.parent, "type");
      return type && type.type !== "implicit_type" ? written(type, source) : undefined;
    }
    case "assignment_expression": {
      const left = inField(parent, "left");
      return field === "right" && isPlain(parent) && left ? typeOf(left, source) : undefined;
    }
    case "return_statement": {
      const method = functionAround(parent, source);
      const isPlainMethod =
        method !== undefined &&
        /^(method_declaration|local_function_statement)$/.test(method.type) &&
        !hasModifier(method, /^(async|ref)$/);
      const type = isPlainMethod ? inField(method, "type") : undefined;
      return type && type.type !== "ref_type" ? written(type, source) : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether it is a constant expression for certain (C# language specification, section 12.23): of literals, of constants of the file, and of operators. */
export function isConstantExpression(node: SyntaxNode, source: Source, far = 8): boolean {
  if (far === 0) return false;
  const areParts = () => parts(node).every((it) => isConstantExpression(it, source, far - 1));
  switch (node.type) {
    case "parenthesized_expression":
    case "conditional_expression":
      return areParts() && typeOf(node, source) !== undefined;
    case "prefix_unary_expression":
      return (
        /^[-+!~]$/.test(node.children[0]?.type ?? "") && areParts() && typeOf(node, source) !== undefined
      );
    case "binary_expression": {
      const types = parts(node).map((it) => typeOf(it, source));
      const isMixed = types.includes("string") && !types.every((it) => it === "string");
      return !isMixed && areParts() && typeOf(node, source) !== undefined;
    }
    case "cast_expression": {
      const value = inField(node, "value");
      return (
        isNumeric(typeOf(node, source)) && value !== undefined && isConstantExpression(value, source, far - 1)
      );
    }
    case "identifier":
      return isConstantName(node, source, far);
    default:
      return /^(integer|real|string|verbatim_string|character|boolean)_literal$/.test(node.type);
  }
}

function isConstantName(node: SyntaxNode, source: Source, far: number): boolean {
  const binding = source.bindings().at(node);
  const [name, ...more] = binding?.declarations ?? [];
  const declarator = name?.parent;
  const owner = declarator?.parent?.parent;
  if (binding?.kind !== "constant" || more.length > 0 || declarator?.type !== "variable_declarator" || !owner)
    return false;
  const value = givenValue(declarator);
  const isConstant =
    hasModifier(owner, /^const$/) && value !== undefined && isPlainType(typeOf(node, source));
  return isConstant && isConstantExpression(value, source, far - 1);
}
