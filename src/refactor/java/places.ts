import { ancestors, inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Source } from "../refactoring.ts";
import { isMadeOfItsStatement, statementInRow } from "../selection.ts";
import { declaredTypeFor } from "./declared-type.ts";

const EXPRESSION =
  /^(identifier|this|\w+_literal|true|false|(parenthesized|unary|update|binary|assignment|ternary|instanceof|cast|lambda|switch|object_creation|array_creation)_expression|method_reference|method_invocation|array_access|field_access)$/;
const STATEMENT =
  /(_statement|_declaration)$|^(block|constructor_body|explicit_constructor_invocation|static_initializer)$/;
const MEMBERS = /^(class_body|interface_body|enum_body|enum_body_declarations|annotation_type_body)$/;

/** Whether it is a method, or runs as one: a constructor, a lambda, an initializer. */
export function isFunction({ type, parent }: SyntaxNode): boolean {
  if (type === "block") return MEMBERS.test(parent?.type ?? "");
  return /^((method|(compact_)?constructor)_declaration|lambda_expression|static_initializer)$/.test(type);
}

/** Whether it is a member of a class, or what one is made of: what stands there is evaluated with the class or its objects. */
export function isMember({ parent }: SyntaxNode): boolean {
  return parent !== undefined && MEMBERS.test(parent.type);
}

/** Whether it has a value; names that declare, and those of members and types, have none. */
export function isExpression(node: SyntaxNode): boolean {
  if (!EXPRESSION.test(node.type) || /^(package|import)_/.test(node.parent?.type ?? "")) return false;
  if (node.type === "parenthesized_expression")
    return !/^(switch_expression|do_statement|synchronized_statement)$/.test(node.parent?.type ?? "");
  if (node.type === "switch_expression") return !isStatement(node);
  return node.type !== "identifier" || !isNameOnly(node);
}

const NAMING =
  /^(scoped_identifier|labeled_statement|break_statement|continue_statement|inferred_parameters|record_pattern(_component)?|type_pattern|annotation|marker_annotation)$/;

function isNameOnly({ field, parent, from }: SyntaxNode): boolean {
  if (!parent || NAMING.test(parent.type)) return true;
  if (parent.type === "method_reference") return parent.from !== from;
  return /^(name|field|key|parameters)$/.test(field ?? "");
}

/** Whether it is a statement, a declaration or a member. */
export function isStatement({ type, field, parent }: SyntaxNode): boolean {
  if (type === "switch_expression")
    return (
      /^(block|constructor_body|switch_block_statement_group|labeled_statement)$/.test(parent?.type ?? "") ||
      /^(body|consequence|alternative)$/.test(field ?? "")
    );
  return STATEMENT.test(type);
}

/** See `CodeRules.actsItself`. */
export function actsItself({ type }: SyntaxNode): boolean {
  return /^(return|throw|break|continue|yield|try|synchronized|assert|enhanced_for|explicit_constructor|static_initializer|class_|enum_|record_|interface_)/.test(
    type,
  );
}

/** See `CodeRules.notAlways`. */
export function notAlways(node: SyntaxNode): string | undefined {
  const { parent, field } = node;
  if (!parent) return undefined;
  if (isFunction(parent)) return "it belongs to a method or a lambda, which runs at another time";
  if (isMember(node)) return "it belongs to a member of a class";
  switch (parent.type) {
    case "binary_expression":
      return field === "right" && /^(&&|\|\|)$/.test(inField(parent, "operator")?.type ?? "")
        ? "the left side decides whether it is evaluated"
        : undefined;
    case "ternary_expression":
      return field === "condition" ? undefined : "the condition decides whether it is evaluated";
    case "while_statement":
    case "do_statement":
      return "the loop evaluates it again and again";
    case "for_statement":
      return field === "init" ? undefined : "the loop evaluates it again and again";
    case "enhanced_for_statement":
      return field === "value" ? undefined : "the loop evaluates it again and again";
    case "if_statement":
      return field === "condition" ? elseIf(parent) : "the condition decides whether it is run";
    case "switch_block":
    case "switch_rule":
    case "switch_block_statement_group":
    case "switch_label":
      return "it belongs to a case";
    case "catch_clause":
    case "finally_clause":
      return "it is not run always";
    case "resource_specification":
      return "what it does is tried";
    case "assert_statement":
      return "Java may be told to leave assertions out";
    case "explicit_constructor_invocation":
      return "nothing may stand before the call of another constructor";
    case "modifiers":
      return "it belongs to a declaration";
    default:
      return undefined;
  }
}

/** The condition of `else if` is not evaluated always. */
function elseIf({ field }: SyntaxNode): string | undefined {
  return field === "alternative" ? "the condition before it decides whether it is evaluated" : undefined;
}

/** See `CodeRules.inOrder`: types are not evaluated, and of the target of `=` just what it is a member of (The Java Language Specification, section 15.26.1). */
export function inOrder(node: SyntaxNode): readonly SyntaxNode[] {
  const all = parts(node).filter(
    (it) => !/^(modifiers|type_arguments|dimensions)$/.test(it.type) && it.field !== "type",
  );
  if (node.type !== "assignment_expression" || inField(node, "operator")?.type !== "=") return all;
  return all.flatMap((it) => {
    if (it.field !== "left" || !/^(identifier|field_access)$/.test(it.type)) return [it];
    const object = inField(it, "object");
    return object ? [object] : [];
  });
}

/** See `CodeRules.cannotStandAlone`. */
export function cannotStandAlone(node: SyntaxNode, source: Source): string | undefined {
  const { parent, field } = node;
  if (!parent) return "it is the whole file";
  if (parent.type === "parenthesized_expression" && isTarget(parent)) return "it is given a value";
  if (isTarget(node)) return "it is given a value";
  if (nearest(node, (it) => /annotation/.test(it.type))) return "it belongs to an annotation";
  if (nearest(node, (it) => it.type === "switch_label")) return "it is what a case is for";
  if (parent.type === "resource" && field !== "value") return "it is closed there";
  if (statementInRow(node, source)?.type === "explicit_constructor_invocation")
    return "nothing may stand before the call of another constructor";
  if (isTypeOrPackage(node, source)) return "it may be a type or a package";
  if (declaresNames(node)) return "it gives names to what it finds";
  if (isWithItsSign(node, source)) return "it belongs to its sign";
  if (mayAssign(node)) return "it gives a variable a value, or not";
  if (isMadeOfItsStatement(node, source)) return "it is made of what its statement declares";
  if (declaredTypeFor(node, source) === undefined) return "its type is not certain from this file";
  return undefined;
}

function isTarget({ field, parent }: SyntaxNode): boolean {
  return (
    parent !== undefined &&
    ((field === "left" && parent.type === "assignment_expression") || parent.type === "update_expression")
  );
}

/** `Math`, `java.util`: what nobody declares here, before a dot. */
function isTypeOrPackage(node: SyntaxNode, source: Source): boolean {
  const first =
    nearest(node, (it) => it.type !== "field_access" && it.type !== "scoped_identifier") === node
      ? node
      : leftmost(node);
  if (first.type !== "identifier") return false;
  const reference = source.bindings().references.find((it) => it.node.from === first.from);
  if (reference?.space === "type") return node === first;
  const isBeforeDot =
    /^(field_access|method_invocation|method_reference)$/.test(node.parent?.type ?? "") &&
    node.field !== "arguments";
  return reference?.binding === undefined && isBeforeDot;
}

function leftmost(node: SyntaxNode): SyntaxNode {
  let at = node;
  for (let next = inField(at, "object"); next; next = inField(at, "object")) at = next;
  return at;
}

/** Whether a pattern in it gives names. */
export function declaresNames(node: SyntaxNode): boolean {
  return [...walk(node, (it) => it !== node && isFunction(it))].some(
    (it) =>
      /^(type_pattern|record_pattern)$/.test(it.type) ||
      (it.type === "instanceof_expression" && inField(it, "name") !== undefined),
  );
}

/** `a || (b = c) == d`: whether b has a value is known where it is a condition only (The Java Language Specification, chapter 16). */
function mayAssign(node: SyntaxNode): boolean {
  const all = [...walk(node, (it) => isFunction(it))];
  return (
    all.some((it) => it.type === "assignment_expression") &&
    all.some((it) => /^(&&|\|\||ternary_expression|switch_expression)$/.test(it.type))
  );
}

/** The least numbers are written with their sign only (The Java Language Specification, section 3.10.1). */
function isWithItsSign(node: SyntaxNode, source: Source): boolean {
  return (
    node.parent?.type === "unary_expression" &&
    /^(2147483648|9223372036854775808[lL])$/.test(source.text.slice(node.from, node.to).replaceAll("_", ""))
  );
}

/** The class, interface, enum or record around a node. */
export function classAround(node: SyntaxNode): SyntaxNode | undefined {
  return ancestors(node).find((it) => MEMBERS.test(it.type) && it.type !== "enum_body_declarations");
}

/** Whether a declaration has that modifier. */
export function hasModifier(declaration: SyntaxNode, modifier: string): boolean {
  return declaration.children.some(
    (it) => it.type === "modifiers" && it.children.some((at) => at.type === modifier),
  );
}
