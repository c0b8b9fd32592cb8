import { ancestors, inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";

const EXPRESSION =
  /^(identifier|integer|float|string|concatenated_string|true|false|none|ellipsis|list|tuple|dictionary|set|(list|set|dictionary)_comprehension|generator_expression|parenthesized_expression|subscript|attribute|call|conditional_expression|lambda|boolean_operator|not_operator|comparison_operator|unary_operator|binary_operator|await|yield|expression_list|named_expression)$/;
const STATEMENT =
  /(_statement|_definition|^(match|elif|else|except|except_group|finally|case)_clause|^type_alias_statement)$/;
/** Nodes that are given a value or removed, or hold such. */
const TARGETS =
  /^(pattern_list|tuple_pattern|list_pattern|list_splat_pattern|as_pattern_target|delete_statement|global_statement|nonlocal_statement)$/;

/** Statements that jump, take from an iterator, enter or give something by themselves. */
const ACTING =
  /^((return|raise|assert|break|continue|import|import_from|future_import|delete|global|nonlocal|exec|print|with|try|match|for)_statement|with_clause|with_item|class_definition|decorated_definition|augmented_assignment)$/;

/** Whether it is a function; the body of a class runs where it stands. */
export function isFunction({ type }: SyntaxNode): boolean {
  return type === "function_definition" || type === "lambda";
}

/** Whether it has a value; names that declare, keywords of arguments and members have none. */
export function isExpression(node: SyntaxNode): boolean {
  const { type, field, parent } = node;
  if (!node.isNamed || !EXPRESSION.test(type)) return false;
  // The parentheses of a call's only argument are those of the call.
  if (type === "generator_expression") return field !== "arguments";
  if (type !== "identifier") return true;
  if (field === "name" || field === "attribute" || field === "alias") return false;
  return !/^(dotted_name|aliased_import|parameters|lambda_parameters|typed_parameter|keyword_separator)$/.test(
    parent?.type ?? "",
  );
}

/** Whether it is a statement or a definition. */
export function isStatement({ type }: SyntaxNode): boolean {
  return STATEMENT.test(type);
}

/** See `CodeRules.actsItself`. */
export function actsItself(node: SyntaxNode): boolean {
  if (node.type === "assignment") return inField(node, "left")?.type !== "identifier";
  return ACTING.test(node.type);
}

/** Why a child of a node is not evaluated exactly once with it. */
type Lazy = (node: SyntaxNode, parent: SyntaxNode) => string | undefined;

const inFunction: Lazy = () => "it belongs to a function, which runs at another time";
const inDefinition: Lazy = () => "it belongs to a definition";
const notRun: Lazy = () => "it is not run always";
const inComprehension: Lazy = (node, parent) =>
  parts(parent).find((it) => it.type === "for_in_clause") === node
    ? undefined
    : "the comprehension evaluates it again and again";

/** By the type of the parent (The Python Language Reference, section 6.16, "Evaluation order"). */
const LAZY: Readonly<Record<string, Lazy>> = {
  function_definition: inFunction,
  lambda: inFunction,
  class_definition: inDefinition,
  decorator: inDefinition,
  decorated_definition: inDefinition,
  boolean_operator: unless("left", "the left side decides whether it is evaluated"),
  comparison_operator: (node, parent) =>
    parts(parent).indexOf(node) > 1 ? "the comparison before it decides whether it is evaluated" : undefined,
  conditional_expression: (node, parent) =>
    parts(parent)[1] === node ? undefined : "the condition decides whether it is evaluated",
  list_comprehension: inComprehension,
  set_comprehension: inComprehension,
  dictionary_comprehension: inComprehension,
  generator_expression: inComprehension,
  for_in_clause: unless("right", "it is given a value again and again"),
  while_statement: () => "the loop evaluates it again and again",
  for_statement: unless("right", "the loop evaluates it again and again"),
  if_statement: unless("condition", "the condition decides whether it is run"),
  elif_clause: notRun,
  else_clause: notRun,
  except_clause: notRun,
  except_group_clause: notRun,
  finally_clause: notRun,
  case_clause: notRun,
  with_clause: (node, parent) =>
    parts(parent)[0] === node ? undefined : "what stands before it is entered first",
  assert_statement: () => "Python may be told to leave assertions out",
  argument_list: (_, parent) =>
    isOutOfOrder(parent) ? "its arguments are not evaluated in the order in which they stand" : undefined,
};

function unless(field: string, why: string): Lazy {
  return (node) => (node.field === field ? undefined : why);
}

/** See `CodeRules.inOrder`: a value comes before its target, a condition before what it decides, stars before names. */
export function inOrder(node: SyntaxNode): readonly SyntaxNode[] {
  const all = parts(node);
  const first = (isFirst: (it: SyntaxNode) => boolean) => [
    ...all.filter(isFirst),
    ...all.filter((it) => !isFirst(it)),
  ];
  switch (node.type) {
    case "assignment":
      return first((it) => it.field === "right");
    case "conditional_expression":
      return first((it) => it === parts(node)[1]);
    case "argument_list":
      return isOutOfOrder(node) ? first((it) => it.type !== "keyword_argument") : all;
    case "list_comprehension":
    case "set_comprehension":
    case "dictionary_comprehension":
    case "generator_expression":
      return first((it) => it.type === "for_in_clause");
    default:
      return all;
  }
}

/** See `CodeRules.notAlways`. */
export function notAlways(node: SyntaxNode): string | undefined {
  const { parent } = node;
  return parent && LAZY[parent.type]?.(node, parent);
}

/** `f(k=a(), *b())` evaluates `b()` first (section 6.3.4, "Calls"). */
function isOutOfOrder(list: SyntaxNode): boolean {
  const all = parts(list);
  const named = all.findIndex((it) => it.type === "keyword_argument");
  return named !== -1 && all.slice(named).some((it) => it.type === "list_splat");
}

/** See `CodeRules.cannotStandAlone`. */
export function cannotStandAlone(node: SyntaxNode, source: Source): string | undefined {
  const { parent, type } = node;
  if (!parent) return "it is the whole file";
  if (type === "named_expression") return "it gives a name a value";
  if (ancestors(node).some((it) => TARGETS.test(it.type)) || isInTarget(node))
    return "it is part of what is given a value";
  if (parent.type === "concatenated_string") return "it is part of a longer text";
  if (/string$/.test(type) && isStatementAlone(node)) return "it is documentation";
  if (nearest(node, (it) => it.type === "type")) return "it is part of a type";
  const hole = nearest(node, (it) => it.type === "interpolation");
  if (hole && isShown(hole, source)) return "its text is shown, too";
  if (nearest(node, (it) => it.type === "case_pattern")) return "it is part of a pattern";
  if (isInClassBody(node)) return "a variable there would be a member of the class";
  if (isContinued(node, source)) return "its statement begins in a line that goes on from the one before";
  return undefined;
}

/** Whether nothing but parentheses lies between it and its statement. */
export function isStatementAlone(node: SyntaxNode): boolean {
  return (
    nearest(node.parent, (it) => it.type !== "parenthesized_expression")?.type === "expression_statement"
  );
}

/** `a[i]` in `a[i] = f()`: the right side is evaluated before it, and it before the rest of an update. */
export function isInTarget(node: SyntaxNode): boolean {
  for (let at: SyntaxNode | undefined = node; at?.parent; at = at.parent) {
    if (isStatement(at)) return false;
    if (
      at.field === "left" &&
      /^(assignment|augmented_assignment|for_statement|for_in_clause)$/.test(at.parent.type)
    )
      return true;
  }
  return false;
}

/** `f"{a=}"` shows its text, a template string (`t"…"`) keeps it. */
export function isShown(hole: SyntaxNode, source: Source): boolean {
  const start = hole.parent?.children[0];
  return (
    hole.children.some((it) => it.type === "=") ||
    (start !== undefined && /^\w*t/i.test(textOf(start, source)))
  );
}

/** Whether the innermost function or class around it is a class. */
export function isInClassBody(node: SyntaxNode): boolean {
  const around = nearest(node.parent, (it) => isFunction(it) || it.type === "class_definition");
  const body = around?.type === "class_definition" ? inField(around, "body") : undefined;
  return body !== undefined && body.from <= node.from && node.to <= body.to;
}

/** Whether its statement begins in a line that the one before goes on into. */
export function isContinued(node: SyntaxNode, { text }: Source): boolean {
  const statement = nearest(node, (it) => /^(module|block)$/.test(it.parent?.type ?? ""));
  return statement !== undefined && /\\\r?\n[ \t]*$/.test(text.slice(0, statement.from));
}

/** Whether some line of an expression ends outside of all its brackets: alone in a statement it needs parentheses. */
export function isOpenAtLineEnd(node: SyntaxNode, source: Source): boolean {
  const closed = [...walk(node)].filter((it) => BRACKETED.test(it.type));
  return [...textOf(node, source).matchAll(/\n/g)].some(({ index }) => {
    const at = node.from + index;
    return !closed.some((it) => openingOf(it) < at && at < it.to);
  });
}

const BRACKETED =
  /^(parenthesized_expression|argument_list|list|tuple|dictionary|set|subscript|.*_comprehension|generator_expression|string)$/;

function openingOf(node: SyntaxNode): number {
  return node.type === "subscript"
    ? (node.children.find((it) => it.type === "[")?.from ?? node.to)
    : node.from;
}
