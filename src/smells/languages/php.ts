import { isHandedOn, parametersIn, plainCallee } from "../nodes/functions.ts";
import { methodsIn } from "../nodes/methods.ts";
import { rulesBy } from "../nodes/rules.ts";
import { memberUse, ownName } from "../php/members.ts";
import type { SmellRules } from "../smell-rules.ts";

/** PHP. */
export const php: SmellRules = rulesBy(
  {
    languages: ["php"],
    roles: {
      function:
        "function_definition method_declaration anonymous_function_creation_expression arrow_function",
      class: "class_declaration trait_declaration interface_declaration enum_declaration",
      if: "if_statement",
      "else-if": "else_if_clause",
      else: "else_clause",
      loop: "for_statement foreach_statement while_statement do_statement",
      switch: "switch_statement match_expression",
      case: "case_statement match_conditional_expression",
      fallback: "default_statement match_default_expression",
      try: "try_statement",
      catch: "catch_clause",
      conditional: "conditional_expression",
      jump: "goto_statement",
    },
    operations: "binary_expression",
    nested: "body",
    parenthesis: "parenthesized_expression",
    negation: "unary_op_expression",
    numbers: "integer float",
    wrapping: "unary_op_expression cast_expression",
    naming:
      "assignment_expression const_element property_element property_initializer simple_parameter array_element_initializer enum_case",
    labelled: "argument",
    rows: "program case_statement default_statement colon_block",
    blocks: "compound_statement",
    members: "declaration_list",
    leaving: "return_statement break_statement continue_statement goto_statement",
    // What yields is a generator, reached or not.
    entries: "yield_expression",
    texts: "string encapsed_string heredoc nowdoc",
    imports: "namespace_use_declaration namespace_definition",
  },
  {
    parameters: parametersIn("simple_parameter variadic_parameter"),
    isDictated: isHandedOn,
    methods: methodsIn({ members: "declaration_list", methods: "method_declaration" }),
    calleeOf: plainCallee("function_call_expression", "function", "name"),
    memberUse,
    ownName,
  },
);
