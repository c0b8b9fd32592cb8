import { inField, nearest, type SyntaxNode } from "../../syntax/tree.ts";

const EXPRESSION =
  /^(identifier|self|scoped_identifier|generic_function|(integer|float|string|raw_string|char|boolean)_literal|((binary|unary|reference|call|field|index|tuple|array|struct|closure|parenthesized|type_cast|try|await|range|if|match|unit|return|break|continue|assignment|loop|while|for)_expression)|compound_assignment_expr|macro_invocation|(unsafe|async)_block|block)$/;
const STATEMENT =
  /^(expression_statement|let_declaration|empty_statement|\w+_item|use_declaration|macro_definition)$/;
/** What jumps, or takes from an iterator, by itself. */
const ACTING =
  /^((return|break|continue|try|await|while|for|loop|macro)_?(expression|invocation)|let_condition|match_expression)$/;

/** Whether it is a function. */
export function isFunction({ type }: SyntaxNode): boolean {
  return type === "function_item" || type === "closure_expression";
}

/** Whether it has a value; names that declare, and those of types and members, have none. */
export function isExpression({ type, field, parent, isNamed }: SyntaxNode): boolean {
  if (!isNamed || !EXPRESSION.test(type) || !parent) return false;
  if (/(pattern|token_tree|use_\w+|loop_label|lifetime|attribute)/.test(parent.type) || field === "pattern")
    return false;
  // The field of `a.0` is written like a number.
  if (/^(name|macro|body|field)$/.test(field ?? "")) return false;
  return !(field === "path" || (field === "type" && type === "identifier"));
}

/** Whether it is a statement or an item. */
export function isStatement({ type }: SyntaxNode): boolean {
  return STATEMENT.test(type);
}

/** See `CodeRules.actsItself`. */
export function actsItself({ type }: SyntaxNode): boolean {
  return ACTING.test(type);
}

/** See `CodeRules.inOrder`: a value comes before what it is given to; whose method it is is told with its arguments (The Rust Reference, "Evaluation order of operands"). */
export function inOrder(node: SyntaxNode): readonly SyntaxNode[] {
  const all = node.children.filter((it) => it.isNamed && !/comment/.test(it.type));
  if (/^(assignment_expression|compound_assignment_expr)$/.test(node.type))
    return [...all.filter((it) => it.field === "right"), ...all.filter((it) => it.field !== "right")];
  return node.type === "let_declaration" ? all.filter((it) => it.field === "value") : all;
}

/** See `CodeRules.notAlways`. */
export function notAlways(node: SyntaxNode): string | undefined {
  const { parent, field } = node;
  if (!parent) return undefined;
  if (isFunction(parent)) return "it belongs to a function, which runs at another time";
  switch (parent.type) {
    case "binary_expression":
      return field === "right" && /^(&&|\|\|)$/.test(inField(parent, "operator")?.type ?? "")
        ? "the left side decides whether it is evaluated"
        : undefined;
    case "let_chain":
      return "the condition before it decides whether it is evaluated";
    case "if_expression":
      if (field !== "condition") return "the condition decides whether it is run";
      return parent.parent?.type === "else_clause"
        ? "the condition before it decides whether it is run"
        : undefined;
    case "while_expression":
    case "loop_expression":
      return "the loop evaluates it again and again";
    case "for_expression":
      return field === "value" ? undefined : "the loop evaluates it again and again";
    case "match_arm":
    case "match_pattern":
      return "it belongs to a case";
    case "let_declaration":
      return field === "alternative" ? "it is not run always" : undefined;
    case "async_block":
    case "const_block":
      return "it runs at another time";
    default:
      return undefined;
  }
}

/** Whether a node stands where the compiler has to know the value, or no value stands at all. */
export function isFixed(node: SyntaxNode): boolean {
  const around = nearest(
    node,
    (it) => it.type === "function_item" || it.type === "closure_expression" || FIXED.test(it.type),
  );
  return around === undefined || FIXED.test(around.type);
}

const FIXED =
  /^(const_item|static_item|enum_variant|array_type|type_arguments|attribute_item|inner_attribute_item|attribute|token_tree|const_block|const_parameter|match_pattern|\w+_pattern|use_declaration|macro_definition)$/;
