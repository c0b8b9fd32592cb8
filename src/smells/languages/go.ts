import { ownName } from "../go/members.ts";
import { isHandedOn, parametersIn, plainCallee } from "../nodes/functions.ts";
import { memberUseBy } from "../nodes/members.ts";
import { rulesBy } from "../nodes/rules.ts";
import type { SmellRules } from "../smell-rules.ts";

/** Go. What nothing uses is no smell there: the compiler refuses it. */
export const go: SmellRules = rulesBy(
  {
    languages: ["go"],
    roles: {
      function: "function_declaration method_declaration func_literal",
      if: "if_statement",
      loop: "for_statement",
      switch: "expression_switch_statement type_switch_statement select_statement",
      case: "expression_case type_case communication_case",
      fallback: "default_case",
      jump: "goto_statement",
    },
    special: ({ type, children }) =>
      /^(break|continue)_statement$/.test(type) && children.some((it) => it.type === "label_name")
        ? "jump"
        : undefined,
    operations: "binary_expression",
    nested: "consequence body expression_case type_case communication_case default_case",
    parenthesis: "parenthesized_expression",
    negation: "unary_expression",
    numbers: "int_literal float_literal",
    wrapping: "unary_expression expression_list literal_element",
    naming: "const_spec var_spec short_var_declaration assignment_statement keyed_element array_type",
    rows: "source_file expression_case type_case communication_case default_case",
    blocks: "block",
    leaving: "return_statement break_statement continue_statement goto_statement",
    texts: "interpreted_string_literal raw_string_literal rune_literal",
    imports: "package_clause import_declaration",
  },
  {
    parameters: parametersIn("parameter_declaration variadic_parameter_declaration"),
    isDictated: isHandedOn,
    calleeOf: plainCallee("call_expression", "function"),
    memberUse: memberUseBy({
      access: "selector_expression",
      object: "operand",
      member: "field",
      call: "call_expression",
    }),
    ownName,
  },
);
