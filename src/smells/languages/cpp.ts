import { functions, nodes } from "../c/family.ts";
import { methods } from "../c/methods.ts";
import { isHandedOn, isOverride } from "../nodes/functions.ts";
import { rulesBy } from "../nodes/rules.ts";
import type { SmellRules } from "../smell-rules.ts";

/** C++. */
export const cpp: SmellRules = rulesBy(
  {
    ...nodes,
    languages: ["cpp"],
    roles: {
      function: "function_definition lambda_expression",
      class: "class_specifier struct_specifier union_specifier",
      if: "if_statement",
      else: "else_clause",
      loop: "for_statement for_range_loop while_statement do_statement",
      switch: "switch_statement",
      try: "try_statement",
      catch: "catch_clause",
      conditional: "conditional_expression",
      jump: "goto_statement",
    },
    members: "field_declaration_list",
    rows: `${nodes.rows} declaration_list`,
    leaving: `${nodes.leaving} throw_statement co_return_statement`,
    imports: `${nodes.imports} using_declaration`,
  },
  {
    ...functions,
    isDictated: (fn, text) => isHandedOn(fn) || isOverride(fn, text),
    methods,
  },
);
