import type { SyntaxNode } from "../../syntax/tree.ts";
import { isOverride, parametersIn } from "../nodes/functions.ts";
import { methodsIn } from "../nodes/methods.ts";
import { rulesBy } from "../nodes/rules.ts";
import type { SmellRules } from "../smell-rules.ts";

const rules = rulesBy(
  {
    languages: ["kotlin"],
    roles: {
      function: "function_declaration anonymous_function secondary_constructor getter setter",
      class: "class_declaration object_declaration companion_object object_literal",
      if: "if_expression",
      loop: "for_statement while_statement do_while_statement",
      switch: "when_expression",
      try: "try_expression",
      catch: "catch_block",
      closure: "lambda_literal",
    },
    special({ type, children, from }, text) {
      if (type === "labeled_expression")
        return /^(break|continue)@/.test(text.slice(from, from + 9)) ? "jump" : undefined;
      if (type !== "when_entry") return undefined;
      return children[0]?.type === "else" ? "fallback" : "case";
    },
    operations: "binary_expression",
    nested: "block when_entry",
    parenthesis: "parenthesized_expression",
    negation: "unary_expression",
    numbers: "number_literal float_literal",
    wrapping: "unary_expression",
    naming:
      "property_declaration assignment variable_declaration class_parameter parameter function_value_parameters",
    labelled: "value_argument",
    rows: "source_file lambda_literal",
    blocks: "block",
    members: "class_body enum_class_body",
    leaving: "return_expression throw_expression",
    texts: "character_literal",
    imports: "import package_header",
  },
  {
    bodyOf: (fn) => fn.children.find((it) => /^(function_body|block)$/.test(it.type)),
    parameters: parametersIn("parameter", (fn) =>
      fn.children.find((it) => it.type === "function_value_parameters"),
    ),
    isDictated: isOverride,
    methods: methodsIn({
      members: "class_body enum_class_body",
      methods: "function_declaration secondary_constructor",
    }),
  },
);

/** Kotlin. */
export const kotlin: SmellRules = {
  ...rules,
  isNested: (node) => rules.isNested(node) || isConsequence(node),
};

/** What a condition runs, with braces or without. */
function isConsequence({ isNamed, field, parent, to }: SyntaxNode): boolean {
  if (!isNamed || field === "condition" || parent?.type !== "if_expression") return false;
  const other = parent.children.find((it) => it.type === "else");
  return !other || to <= other.from;
}
