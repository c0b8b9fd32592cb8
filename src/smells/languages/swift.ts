import { inField, nearest, type SyntaxNode } from "../../syntax/tree.ts";
import { isOverride } from "../nodes/functions.ts";
import { methodsIn } from "../nodes/methods.ts";
import { rulesBy } from "../nodes/rules.ts";
import type { SmellRules } from "../smell-rules.ts";

const rules = rulesBy(
  {
    languages: ["swift"],
    roles: {
      function: "function_declaration init_declaration deinit_declaration computed_getter computed_setter",
      class: "class_declaration protocol_declaration",
      if: "if_statement",
      loop: "for_statement while_statement repeat_while_statement",
      switch: "switch_statement",
      try: "do_statement",
      catch: "catch_block",
      conditional: "ternary_expression",
      logical: "conjunction_expression disjunction_expression",
      closure: "lambda_literal",
      filter: "where_clause",
    },
    special({ type, children }) {
      if (type === "guard_statement") return "if";
      if (type === "computed_property")
        return children.some((it) => it.type === "statements") ? "function" : undefined;
      if (type === "control_transfer_statement" && /^(break|continue)$/.test(children[0]?.type ?? ""))
        return children.length > 1 ? "jump" : undefined;
      if (type !== "switch_entry") return undefined;
      return children.some((it) => it.type === "default_keyword") ? "fallback" : "case";
    },
    operations:
      "additive_expression multiplicative_expression comparison_expression equality_expression conjunction_expression disjunction_expression",
    nested: "statements switch_entry",
    parenthesis: "tuple_expression",
    negation: "prefix_expression",
    numbers: "integer_literal real_literal",
    wrapping: "prefix_expression",
    naming: "property_declaration assignment parameter",
    labelled: "value_argument",
    rows: "source_file statements",
    blocks: "",
    members: "class_body enum_class_body protocol_body",
    leaving: "control_transfer_statement",
    // What stands in the next line is what it gives.
    mayBeLeftOut: ({ children }) => children.length === 1 && children[0]?.type === "return",
    texts: "line_string_literal multi_line_string_literal raw_string_literal",
    imports: "import_declaration",
  },
  {
    bodyOf: (fn) => inField(fn, "body") ?? fn.children.find((it) => it.type === "statements"),
    nameOf: ({ type, parent }) =>
      /^computed_/.test(type)
        ? nameOf(nearest(parent, (it) => it.type === "property_declaration"))
        : undefined,
    // The others are given by their names.
    parameters: (fn, text) =>
      fn.children.filter((it) => it.type === "parameter" && /^_\s/.test(text.slice(it.from, it.to))),
    isDictated: isOverride,
    methods: methodsIn({
      members: "class_body enum_class_body",
      methods: "function_declaration init_declaration",
    }),
  },
);

function nameOf(property: SyntaxNode | undefined): SyntaxNode | undefined {
  return property && inField(property, "name");
}

/** Swift. */
export const swift: SmellRules = {
  ...rules,
  isParenthesis: (node) => rules.isParenthesis(node) || isPartOfNot(node),
  isNegation: ({ children }) => children[0]?.type === "bang",
  // To the parser every operator takes all that is right of it.
  isBetween: ({ type }) => OPERATIONS.test(type),
};

const OPERATIONS = /^(additive|multiplicative|comparison|equality)_expression$/;

/** To the parser `!(a)` is a call. */
function isPartOfNot({ type, parent }: SyntaxNode): boolean {
  if (!/^(call_suffix|value_arguments?)$/.test(type)) return false;
  const call = nearest(parent, (it) => !/^(call_suffix|value_arguments?)$/.test(it.type));
  return call?.children[0]?.type === "bang";
}
