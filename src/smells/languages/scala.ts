import { allInField, inField, parts } from "../../syntax/tree.ts";
import { isOverride } from "../nodes/functions.ts";
import { methodsIn } from "../nodes/methods.ts";
import { rulesBy } from "../nodes/rules.ts";
import type { SmellRules } from "../smell-rules.ts";

/** Scala. */
export const scala: SmellRules = rulesBy(
  {
    languages: ["scala"],
    roles: {
      function: "function_definition",
      class:
        "class_definition object_definition trait_definition enum_definition given_definition extension_definition",
      if: "if_expression",
      loop: "for_expression while_expression do_while_expression",
      switch: "match_expression",
      try: "try_expression",
      catch: "catch_clause",
      closure: "lambda_expression",
      filter: "guard",
    },
    special(node) {
      if (node.type !== "case_clause") return undefined;
      // The first case of a catch is the catch.
      if (node.parent?.parent?.type === "catch_clause")
        return parts(node.parent)[0] === node ? "none" : "filter";
      const isLast = inField(node, "pattern")?.type === "wildcard";
      return isLast && !node.children.some((it) => it.type === "guard") ? "fallback" : "case";
    },
    operations: "infix_expression",
    nested: "consequence body",
    parenthesis: "parenthesized_expression",
    negation: "prefix_expression",
    numbers: "integer_literal floating_point_literal",
    wrapping: "prefix_expression",
    naming: "val_definition var_definition assignment_expression parameter class_parameter",
    rows: "compilation_unit case_clause",
    blocks: "block indented_block",
    members: "template_body with_template_body enum_body",
    leaving: "return_expression throw_expression",
    texts: "string interpolated_string character_literal",
    imports: "import_declaration export_declaration",
  },
  {
    parameters: (fn, text) =>
      allInField(fn, "parameters")
        .filter((it) => !/^\(\s*(implicit|using)\b/.test(text.slice(it.from, it.to)))
        .flatMap(parts),
    isDictated: isOverride,
    methods: methodsIn({ members: "template_body with_template_body", methods: "function_definition" }),
  },
);
