import type { Binding } from "../../syntax/bindings.ts";
import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { ifPlatform, isPrimitive, NUMERIC, unboxed } from "./plain-types.ts";
import { resultOf } from "./platform.ts";

/** How far names are followed to their values. */
const FAR = 8;
/** The type of an expression as it would be written there, where the file leaves no doubt; `undefined`: it does. */
export function typeOf(node: SyntaxNode, source: Source, far = FAR): string | undefined {
  if (far === 0) return undefined;
  const of = (field: string) => {
    const it = inField(node, field);
    return it && typeOf(it, source, far - 1);
  };
  switch (node.type) {
    case "parenthesized_expression":
      return parts(node).map((it) => typeOf(it, source, far))[0];
    case "identifier":
      return nameType(node, source, far);
    case "unary_expression":
      return inField(node, "operator")?.type === "!" ? "boolean" : promoted(of("operand"));
    case "update_expression":
      return parts(node).map((it) => typeOf(it, source, far - 1))[0];
    case "binary_expression":
      return operated(inField(node, "operator")?.type ?? "", of("left"), of("right"));
    case "assignment_expression":
      return of("left");
    case "ternary_expression":
      return sameOf(of("consequence"), of("alternative"));
    case "cast_expression":
      return writtenOnce(node, source);
    case "array_access":
      return elementOf(of("array"));
    case "field_access":
      return memberType(node, source, far);
    case "method_invocation":
      return resultOf(node, source, (it) => typeOf(it, source, far - 1));
    case "object_creation_expression":
      return madeType(node, source);
    default:
      return literalType(node, source);
  }
}

function literalType(node: SyntaxNode, source: Source): string | undefined {
  const text = textOf(node, source);
  switch (node.type) {
    case "decimal_integer_literal":
    case "hex_integer_literal":
    case "octal_integer_literal":
    case "binary_integer_literal":
      return /l$/i.test(text) ? "long" : "int";
    case "decimal_floating_point_literal":
    case "hex_floating_point_literal":
      return /f$/i.test(text) ? "float" : "double";
    case "character_literal":
      return "char";
    case "true":
    case "false":
    case "instanceof_expression":
      return "boolean";
    case "string_literal":
      return ifPlatform("String", source);
    case "array_creation_expression":
      return arrayType(node, source);
    default:
      return undefined;
  }
}

/** What a number becomes beside an operator. */
function promoted(type: string | undefined): string | undefined {
  const it = unboxed(type);
  return it === undefined || !NUMERIC.some((at) => at === it)
    ? undefined
    : /^(byte|short|char)$/.test(it)
      ? "int"
      : it;
}

function operated(sign: string, left: string | undefined, right: string | undefined): string | undefined {
  if (/^(==|!=|<|>|<=|>=|&&|\|\|)$/.test(sign)) return "boolean";
  if (sign === "+" && (left === "String" || right === "String")) return "String";
  const [a, b] = [unboxed(left), unboxed(right)];
  if (/^[&|^]$/.test(sign) && a === "boolean" && b === "boolean") return "boolean";
  const [x, y] = [promoted(left), promoted(right)];
  if (x === undefined || y === undefined) return undefined;
  if (/^(<<|>>|>>>)$/.test(sign)) return x;
  const order = (it: string) => (NUMERIC as readonly string[]).indexOf(it);
  return order(x) > order(y) ? x : y;
}

function sameOf(a: string | undefined, b: string | undefined): string | undefined {
  return a === b && (isPrimitive(a) || a === "String") ? a : undefined;
}

function elementOf(type: string | undefined): string | undefined {
  return type?.endsWith("[]") ? type.slice(0, -2) : undefined;
}

/** `new T(…)`, not one of `<>` or with a body. */
function madeType(node: SyntaxNode, source: Source): string | undefined {
  const type = inField(node, "type");
  const hasBody = node.children.some((it) => it.type === "class_body");
  const [first] = node.children;
  if (!type || hasBody || first?.type !== "new") return undefined;
  const text = textOf(type, source);
  return /<\s*>/.test(text) ? undefined : text;
}

function arrayType(node: SyntaxNode, source: Source): string | undefined {
  const type = inField(node, "type");
  const dimensions = node.children
    .filter((it) => /^dimensions/.test(it.type))
    .map((it) => textOf(it, source));
  const depth = dimensions.join("").match(/\[/g)?.length ?? 0;
  return type && textOf(type, source) + "[]".repeat(depth);
}

function writtenOnce(node: SyntaxNode, source: Source): string | undefined {
  const [type, ...more] = node.children.filter((it) => it.field === "type");
  return type && more.length === 0 ? textOf(type, source) : undefined;
}

function nameType(node: SyntaxNode, source: Source, far: number): string | undefined {
  const binding = source.bindings().at(node);
  return binding && bindingType(binding, source, far);
}

/** `this.a`, and `a.length` of an array. */
function memberType(node: SyntaxNode, source: Source, far: number): string | undefined {
  const [object, field] = [inField(node, "object"), inField(node, "field")];
  if (!object || !field) return undefined;
  if (object.type === "this") return nameType(field, source, far);
  const isLength = textOf(field, source) === "length" && typeOf(object, source, far - 1)?.endsWith("[]");
  return isLength ? "int" : undefined;
}

/** The type with which a variable is declared; of `var` that of its value. `undefined`: it is not written. */
export function bindingType(binding: Binding, source: Source, far = FAR): string | undefined {
  const types = binding.declarations.map((it) => declaredType(it, source, far));
  return types.every((it) => it === types[0]) ? types[0] : undefined;
}

function declaredType(name: SyntaxNode, source: Source, far: number): string | undefined {
  const { parent } = name;
  if (!parent) return undefined;
  const isDeclarator = parent.type === "variable_declarator";
  const owner = isDeclarator ? parent.parent : parent;
  const type = owner && (inField(owner, "type") ?? inField(owner, "right") ?? typeAmong(owner));
  if (!owner || !type || owner.type === "lambda_expression" || owner.type === "inferred_parameters")
    return undefined;
  const text = textOf(type, source);
  if (text === "var") {
    const value = isDeclarator ? inField(parent, "value") : undefined;
    return value && typeOf(value, source, far - 1);
  }
  const dimensions = [...owner.children, ...parent.children].find((it) => it.type === "dimensions");
  const rest = owner.type === "spread_parameter" ? "[]" : "";
  return text + (dimensions ? textOf(dimensions, source).replace(/\s/g, "") : "") + rest;
}

/** Where the grammar gives the type no field. */
function typeAmong(owner: SyntaxNode): SyntaxNode | undefined {
  return /^(spread_parameter|type_pattern|record_pattern_component)$/.test(owner.type)
    ? owner.children.find((it) => it.isNamed && /type/.test(it.type))
    : undefined;
}
