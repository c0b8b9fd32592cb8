import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { isHandedOn, parametersIn, plainCallee } from "../nodes/functions.ts";
import { rulesBy } from "../nodes/rules.ts";
import type { SmellRules } from "../smell-rules.ts";

const listed = parametersIn("identifier vararg_expression");

/** Lua. */
export const lua: SmellRules = rulesBy(
  {
    languages: ["lua"],
    roles: {
      function: "function_declaration function_definition",
      if: "if_statement",
      "else-if": "elseif_statement",
      else: "else_statement",
      loop: "for_statement while_statement repeat_statement",
      jump: "goto_statement",
    },
    operations: "binary_expression",
    nested: "consequence body",
    parenthesis: "parenthesized_expression",
    negation: "unary_expression",
    numbers: "number",
    wrapping: "unary_expression expression_list",
    naming: "assignment_statement field",
    rows: "chunk",
    blocks: "block do_statement",
    leaving: "return_statement break_statement goto_statement",
    texts: "string",
  },
  {
    nameOf,
    parameters: (fn, text) => listed(fn, text).filter((it) => text.slice(it.from, it.to) !== "self"),
    isDictated: isHandedOn,
    calleeOf: plainCallee("function_call", "name"),
  },
);

/** `f = function() end`: the name of the only variable. */
function nameOf({ parent }: SyntaxNode): SyntaxNode | undefined {
  const assignment = parent?.type === "expression_list" ? parent.parent : undefined;
  const names = assignment?.children.find((it) => it.type === "variable_list");
  return names && parts(names).length === 1 ? inField(names, "name") : undefined;
}
