import type { Binding, Reference } from "../../syntax/bindings.ts";
import { contains, inField, isComment, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Effect } from "../code-rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { isConstantExpression } from "./declared-type.ts";
import { hasModifier } from "./places.ts";
import { isPrimitive } from "./plain-types.ts";
import { isPureCall } from "./platform.ts";
import { typeOf } from "./types.ts";

const PURE =
  /^(this|super|true|false|\w+_literal|lambda_expression|type_identifier|scoped_type_identifier|generic_type|\w+_type|dimensions|string_fragment|multiline_string_fragment|escape_sequence)$/;
/** As pure as their parts, which they hold. */
const AS_PARTS =
  /^(parenthesized_expression|unary_expression|binary_expression|ternary_expression|instanceof_expression|cast_expression|array_creation_expression|array_initializer|dimensions_expr|argument_list|condition)$/;
const READS = /^(field_access|array_access)$/;
const RANK: Readonly<Record<Effect, number>> = { pure: 0, reads: 1, acts: 2 };

/** See `CodeRules.effectOf`. The variables of a method are pure, fields are read. */
export function effectOf(node: SyntaxNode, source: Source): Effect {
  if (!node.isNamed || isComment(node) || PURE.test(node.type)) return "pure";
  const inner = () =>
    parts(node)
      .map((it) => effectOf(it, source))
      .reduce(stronger, "pure");
  if (node.type === "identifier") return nameEffect(node, source);
  if (isStream(node, source)) return "pure";
  if (READS.test(node.type)) return stronger("reads", objectEffect(node, source));
  if (node.type === "method_reference")
    return (
      parts(node)
        .slice(0, 1)
        .map((it) => effectOf(it, source))[0] ?? "pure"
    );
  if (node.type === "method_invocation" && isPureCall(node, source, (it) => typeOf(it, source)))
    return parts(node)
      .filter((it) => it.field !== "name" && !isTypeName(it, source))
      .map((it) => effectOf(it, source))
      .reduce(stronger, "pure");
  if (!AS_PARTS.test(node.type)) return "acts";
  return isTextOfObject(node, source) ? stronger("reads", inner()) : inner();
}

function stronger(a: Effect, b: Effect): Effect {
  return RANK[a] > RANK[b] ? a : b;
}

function objectEffect(node: SyntaxNode, source: Source): Effect {
  return parts(node)
    .filter((it) => it.field !== "field")
    .map((it) => effectOf(it, source))
    .reduce(stronger, "pure");
}

/** `System.out`: taken for one that nobody exchanges. */
function isStream(node: SyntaxNode, source: Source): boolean {
  const object = node.type === "field_access" ? inField(node, "object") : undefined;
  return (
    object !== undefined && /^System\.(out|err|in)$/.test(textOf(node, source)) && isTypeName(object, source)
  );
}

function isTypeName(node: SyntaxNode, source: Source): boolean {
  return (
    node.type === "identifier" &&
    source.bindings().at(node) === undefined &&
    /^[A-Z]/.test(textOf(node, source))
  );
}

/** A name of a type that stands before a dot is nothing to evaluate. */
function nameEffect(node: SyntaxNode, source: Source): Effect {
  const binding = source.bindings().at(node);
  if (!binding) return isTypeName(node, source) && node.field === "object" ? "pure" : "reads";
  if (!binding.spaces.includes("value")) return "pure";
  if (binding.kind === "import") return "reads";
  if (binding.scope.kind !== "class") return "pure";
  return isConstantExpression(node, source) || isFinalField(binding) ? "pure" : "reads";
}

/** Adding an object to a text asks it for its text, which may be another one later. */
function isTextOfObject(node: SyntaxNode, source: Source): boolean {
  if (node.type !== "binary_expression" || inField(node, "operator")?.type !== "+") return false;
  return parts(node).some((it) => !isPlainType(typeOf(it, source)));
}

/** Of values that never change. */
export function isPlainType(type: string | undefined): boolean {
  return (
    isPrimitive(type) || /^(String|Byte|Short|Character|Integer|Long|Float|Double|Boolean)$/.test(type ?? "")
  );
}

/** A field that is given its value once, by its class or a constructor of it. */
function isFinalField(binding: Binding): boolean {
  const declaration = binding.declarations[0]?.parent?.parent;
  return (
    binding.declarations.length === 1 &&
    declaration?.type === "field_declaration" &&
    hasModifier(declaration, "final")
  );
}

/** See `CodeRules.isFixed`: a final field, once its object is made. */
export function isFixed({ binding }: Reference, statement: SyntaxNode, source: Source): boolean {
  if (!binding || !isFinalField(binding)) return false;
  const { node } = binding.scope;
  const member = node.children.find((it) => contains(it, statement));
  return member?.type === "method_declaration" && source.rules.isStatement(statement);
}

/** See `CodeRules.mayFail`: a division of whole numbers, a cast, an index, a member of what may be `null`. */
export function mayFail(node: SyntaxNode, source: Source): boolean {
  if (isUnboxed(node, source)) return true;
  return [...walk(node, (it) => it.type === "lambda_expression")].some((it) => {
    switch (it.type) {
      case "array_access":
      case "array_creation_expression":
      case "method_invocation":
      case "object_creation_expression":
      case "switch_expression":
        return true;
      case "method_reference":
        return isOfObject(it, source);
      case "field_access":
        return inField(it, "object")?.type !== "this" && !isStream(it, source);
      case "cast_expression":
        return !isPrimitive(typeOf(it, source)) || !isPrimitive(valueType(it, source));
      case "binary_expression":
        return mayFailAt(it, source);
      case "unary_expression":
        return !parts(it).every((at) => isPrimitive(typeOf(at, source)));
      default:
        return false;
    }
  });
}

/** Whether it is the value of a variable of numbers, or one of an array of such, and may be an object of one that is not there. */
function isUnboxed(value: SyntaxNode, source: Source): boolean {
  const declarator = value.field === "value" ? value.parent : undefined;
  const list = declarator?.type === "variable_declarator" ? declarator.parent : undefined;
  const type = list && inField(list, "type");
  if (!type || !isPrimitive(textOf(type, source).replace(/[[\]\s]/g, ""))) return false;
  const isThere = (it: SyntaxNode): boolean =>
    it.type === "array_initializer"
      ? parts(it).every(isThere)
      : isPrimitive(typeOf(it, source)?.replace(/\[\]/g, ""));
  return !isThere(value);
}

/** `a::b`, not of a class: what is not there has no methods. */
function isOfObject(reference: SyntaxNode, source: Source): boolean {
  const [first] = reference.children;
  if (!first || /^(this|super|\w*type\w*)$/.test(first.type)) return false;
  return !isTypeName(first, source) && !source.bindings().at(first)?.spaces.includes("type");
}

function valueType(cast: SyntaxNode, source: Source): string | undefined {
  const value = inField(cast, "value");
  return value && typeOf(value, source);
}

/** An operand may be an object of a number that is not there; whole numbers cannot be divided by 0. */
function mayFailAt(node: SyntaxNode, source: Source): boolean {
  const sign = inField(node, "operator")?.type ?? "";
  const types = parts(node).map((it) => typeOf(it, source));
  if (/^(==|!=)$/.test(sign))
    return types.some((it) => isPrimitive(it)) && !types.every((it) => isPrimitive(it));
  if (sign === "+" && types.includes("String")) return false;
  if (!types.every((it) => isPrimitive(it))) return true;
  return /^[/%]$/.test(sign) && !types.some((it) => /^(float|double)$/.test(it ?? ""));
}
