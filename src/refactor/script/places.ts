import { inField, nearest, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";

const FUNCTION =
  /^(function_declaration|generator_function_declaration|function_expression|generator_function|arrow_function|method_definition|class_static_block|function_signature)$/;
const EXPRESSION =
  /^(identifier|this|number|string|template_string|regex|true|false|null|undefined|object|array|function_expression|generator_function|arrow_function|class|parenthesized_expression|subscript_expression|member_expression|meta_property|call_expression|new_expression|ternary_expression|binary_expression|unary_expression|update_expression|assignment_expression|augmented_assignment_expression|await_expression|yield_expression|sequence_expression|as_expression|satisfies_expression|non_null_expression|type_assertion|jsx_element|jsx_self_closing_element|spread_element)$/;
const STATEMENT =
  /(_statement|_declaration|^statement_block|^function_signature|^abstract_class_declaration)$/;

/** Whether it is a function, or runs as one. */
export function isFunction(node: SyntaxNode): boolean {
  return FUNCTION.test(node.type);
}

/** Functions that have a `this` and `arguments` of their own; what they are made of is no part of what runs. */
export function isBarrier(node: SyntaxNode): boolean {
  return (isFunction(node) && node.type !== "arrow_function") || node.type === "class_body";
}

/** Whether it has a value; names that declare, and keys, have none. */
export function isExpression(node: SyntaxNode): boolean {
  return EXPRESSION.test(node.type) && node.type !== "spread_element" && !isNameOnly(node);
}

/** An identifier that declares, a key, or what only looks like an expression. */
function isNameOnly({ type, field, parent }: SyntaxNode): boolean {
  // The parentheses of a head are the statement's own.
  if (type === "parenthesized_expression")
    return /^(if|while|do|switch|with)_statement$/.test(parent?.type ?? "");
  if (type !== "identifier") return type === "string" && (field === "key" || field === "source");
  return field === "name" || field === "label" || field === "parameter" || /pattern/.test(parent?.type ?? "");
}

/** Whether it is a statement or a declaration. */
export function isStatement(node: SyntaxNode): boolean {
  return STATEMENT.test(node.type);
}

/** See `CodeRules.actsItself`. */
export function actsItself({ type }: SyntaxNode): boolean {
  return /^(return|throw|break|continue|yield|import|with|try|class|augmented_assign|for_|array_pattern)/.test(
    type,
  );
}

/** See `CodeRules.notAlways`. */
export function notAlways(node: SyntaxNode): string | undefined {
  const { parent, field } = node;
  if (!parent) return undefined;
  if (isFunction(parent)) return "it belongs to a function, which runs at another time";
  switch (parent.type) {
    case "binary_expression":
      return field === "right" && /^(&&|\|\||\?\?)$/.test(inField(parent, "operator")?.type ?? "")
        ? "the left side decides whether it is evaluated"
        : undefined;
    case "augmented_assignment_expression":
      return field === "right" && /^(&&=|\|\|=|\?\?=)$/.test(inField(parent, "operator")?.type ?? "")
        ? "the left side decides whether it is evaluated"
        : undefined;
    case "ternary_expression":
      return field === "condition" ? undefined : "the condition decides whether it is evaluated";
    case "assignment_pattern":
    case "object_assignment_pattern":
    case "required_parameter":
    case "optional_parameter":
      return "it is evaluated only where nothing else is given";
    case "while_statement":
    case "do_statement":
      return "the loop evaluates it again and again";
    case "for_statement":
      return field === "initializer" ? undefined : "the loop evaluates it again and again";
    case "for_in_statement":
      return field === "right" ? undefined : "the loop evaluates it again and again";
    case "if_statement":
      return field === "condition" ? elseIf(parent) : "the condition decides whether it is run";
    case "switch_case":
    case "switch_default":
    case "switch_body":
      return "it belongs to a case";
    case "catch_clause":
    case "finally_clause":
    case "else_clause":
      return "it is not run always";
    case "class_body":
    case "field_definition":
    case "public_field_definition":
      return "the class evaluates it when it is made, or with each object";
    case "decorator":
      return "it belongs to a decorator";
    default:
      return isAfterOptional(node) ? "it is evaluated only when what stands before ?. is there" : undefined;
  }
}

/** The condition of `else if` is not evaluated always. */
function elseIf(statement: SyntaxNode): string | undefined {
  return statement.parent?.type === "else_clause"
    ? "the condition before it decides whether it is evaluated"
    : undefined;
}

/** Arguments and indices behind a `?.`, also one further left in the same chain. */
function isAfterOptional({ field, parent }: SyntaxNode): boolean {
  if (!parent || (field !== "arguments" && field !== "index")) return false;
  for (let at: SyntaxNode | undefined = parent; at; at = inField(at, "object") ?? inField(at, "function"))
    if (at.children.some((it) => it.type === "optional_chain" || it.type === "?.")) return true;
  return false;
}

/** See `CodeRules.cannotStandAlone`. */
export function cannotStandAlone(node: SyntaxNode): string | undefined {
  const { parent } = node;
  const why = notAtPlace(node);
  // `(a.b)()`, `a.b!()`: still about the place.
  const isWrapped = why === undefined && /^(parenthesized|non_null)_expression$/.test(parent?.type ?? "");
  return isWrapped && parent ? cannotStandAlone(parent) : why;
}

function notAtPlace(node: SyntaxNode): string | undefined {
  const { parent, field, type } = node;
  if (!parent) return "it is the whole file";
  if (type === "super") return "super is no value";
  if (field === "left" && /assignment|for_in/.test(parent.type)) return "it is given a value";
  if (parent.type === "update_expression") return "it is given a value";
  if (parent.type === "unary_expression" && /^(delete|typeof)$/.test(inField(parent, "operator")?.type ?? ""))
    return "its operator is about the place, not the value";
  if (field === "function" && parent.type === "call_expression") return calledAs(node);
  if (field === "constructor") return "it is what new makes";
  if (/pattern$/.test(parent.type) && field !== "right") return "it is part of a pattern";
  if (isInChain(node)) return "it is part of an optional chain";
  if (parent.type === "expression_statement" && isDirective(node)) return "it is a directive";
  if (
    /^(import|export)_|^namespace_(import|export)$|^jsx_(opening|closing|attribute|namespace)/.test(
      parent.type,
    ) &&
    field !== "value"
  )
    return "it is a fixed part of what stands around it";
  if (isChildOfElement(node) && !ELEMENT.test(type)) return "it stands among the children of an element";
  if (field === "pattern" || parent.type === "formal_parameters" || field === "parameter")
    return "it is a name";
  if (field === "key" || field === "name" || field === "property" || field === "label") return "it is a name";
  if (/_type$|^type_/.test(parent.type)) return "it is part of a type";
  if (/^(as|satisfies)_expression$/.test(parent.type)) return "a type is said of it";
  if (nearest(parent, (it) => /^(enum_assignment|import_attribute)$/.test(it.type)))
    return "the compiler evaluates it";
  if (parent.type === "call_expression" && type === "template_string") return "a function takes its parts";
  return undefined;
}

const ELEMENT = /^jsx_(element|self_closing_element|fragment)$/;

function isChildOfElement({ parent }: SyntaxNode): boolean {
  return parent !== undefined && ELEMENT.test(parent.type);
}

/** See `CodeRules.nameInPlaceOf`. */
export function nameInPlaceOf(at: SyntaxNode, name: string, source: Source): TextChange | undefined {
  const { from, to, parent, field } = at;
  if (isChildOfElement(at)) return { from, to, text: `{${name}}` };
  const key = parent?.type === "pair" && field === "value" ? inField(parent, "key") : undefined;
  const isNamedSo = key?.type === "property_identifier" && textOf(key, source) === name;
  return isNamedSo && parent ? { from: parent.from, to: parent.to, text: name } : undefined;
}

/** See `CodeRules.cannotTakePlaceOf`. */
export function cannotTakePlaceOf(at: SyntaxNode, value: SyntaxNode): string | undefined {
  const { parent, field } = wrapped(at);
  if (callsIn(value) && isMadeBy(at)) return "it would be what new makes";
  const sign = parent?.type === "unary_expression" ? inField(parent, "operator")?.type : undefined;
  if (sign === "delete" || sign === "typeof") return "its operator is about the place, not the value";
  if (field === "function" && parent?.type === "call_expression" && isMember(value))
    return "it would be called on its object";
  if (field === "constructor") return "it is what new makes";
  if (parent?.type === "expression_statement" && value.type === "string")
    return "a text there may be a directive";
  return undefined;
}

/** The node with what stands around it and changes nothing of it: `a!`, `(a)`, `a as T`. */
function wrapped(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (
    at.parent &&
    /^(non_null|parenthesized|as|satisfies)_expression$|^type_assertion$/.test(at.parent.type)
  )
    at = at.parent;
  return at;
}

/** `a` in `new a.b.C()`, where a call would be taken for what is made. */
function isMadeBy(node: SyntaxNode): boolean {
  for (let at: SyntaxNode | undefined = node; at; at = at.parent) {
    if (at.field === "constructor") return true;
    if (at.field !== "object") return false;
  }
  return false;
}

function callsIn(value: SyntaxNode): boolean {
  return [...walk(value)].some((it) => it.type === "call_expression");
}

/** `(a.b)`, `a.b!` */
function isMember(node: SyntaxNode): boolean {
  if (/^(parenthesized|non_null)_expression$/.test(node.type))
    return node.children.some((it) => isMember(it));
  return /^(member|subscript)_expression$/.test(node.type);
}

/** A method is called on its object, and `eval` and `import` are no values. */
function calledAs(node: SyntaxNode): string | undefined {
  if (isMember(node)) return "it is called on its object";
  return node.type === "import" || node.type === "super" ? "it is no value" : undefined;
}

/** `a?.b` in `a?.b.c`: the chain ends as a whole. */
function isInChain(node: SyntaxNode): boolean {
  const { parent, field } = node;
  if (field !== "object" && field !== "function") return false;
  if (!parent || !/^(member|subscript|call|non_null)_expression$/.test(node.type)) return false;
  for (let at: SyntaxNode | undefined = node; at; at = leftOf(at))
    if (at.children.some((it) => it.type === "optional_chain" || it.type === "?.")) return true;
  return false;
}

function leftOf(node: SyntaxNode): SyntaxNode | undefined {
  return node.type === "non_null_expression"
    ? node.children[0]
    : (inField(node, "object") ?? inField(node, "function"));
}

function isDirective(node: SyntaxNode): boolean {
  return node.type === "string";
}

/** Whether an expression is given a value, or removed, where it stands. */
export function isTarget({ field, parent }: SyntaxNode): boolean {
  if (!parent) return false;
  if (/assignment_(expression|pattern)$/.test(parent.type)) return field === "left";
  if (/^(array|object|rest|pair)_pattern$/.test(parent.type)) return true;
  if (parent.type === "for_in_statement") return field === "left";
  return parent.type === "update_expression" || parent.children[0]?.type === "delete";
}
