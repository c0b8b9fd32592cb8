import { nearest, type SyntaxNode } from "../../syntax/tree.ts";
import { isBehindThen, leaves } from "../bash/leaving.ts";
import { plainCallee } from "../nodes/functions.ts";
import { rulesBy } from "../nodes/rules.ts";
import { operatorIn } from "../operators.ts";
import type { SmellRules } from "../smell-rules.ts";

const rules = rulesBy(
  {
    languages: ["bash"],
    roles: {
      function: "function_definition",
      if: "if_statement",
      "else-if": "elif_clause",
      else: "else_clause",
      loop: "for_statement c_style_for_statement while_statement",
      switch: "case_statement",
      conditional: "ternary_expression",
    },
    special(node, text) {
      if (node.type === "list") return "logical";
      if (node.type !== "case_item") return undefined;
      return /^\(?\s*\*\s*\)/.test(text.slice(node.from, node.to)) ? "fallback" : "case";
    },
    operations: "binary_expression",
    nested: "body case_item",
    parenthesis: "parenthesized_expression",
    negation: "negated_command unary_expression",
    numbers: "number word",
    wrapping: "unary_expression arithmetic_expansion",
    naming: "variable_assignment",
    rows: "program case_item if_statement elif_clause else_clause",
    blocks: "compound_statement do_group",
    leaving: "",
    standing: "elif_clause else_clause",
    texts: "string raw_string ansi_c_string heredoc_body",
  },
  {
    leaves,
    isCommand: ({ type, field, parent }) =>
      type === "list" && field !== "condition" && !/^(elif_clause|negated_command)$/.test(parent?.type ?? ""),
    calleeOf: plainCallee("command", "name", "command_name"),
  },
);

/** Bash. Its functions have no parameters that are written. */
export const bash: SmellRules = {
  ...rules,
  isNested: (node) => rules.isNested(node) || isBehindThen(node),
  isUnexplained: (number, text) => rules.isUnexplained(number, text) && !isText(number, text),
};

/** `[ "$version" != 8.2 ]` compares texts; only `-eq` and such compare numbers there. */
function isText({ parent }: SyntaxNode, text: string): boolean {
  const isTested = nearest(parent, (it) => it.type === "test_command") !== undefined;
  return isTested && parent !== undefined && !operatorIn(parent, text).startsWith("-");
}
