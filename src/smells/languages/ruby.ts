import { inField } from "../../syntax/tree.ts";
import { parametersIn } from "../nodes/functions.ts";
import { methodsIn } from "../nodes/methods.ts";
import { rulesBy } from "../nodes/rules.ts";
import type { SmellRules } from "../smell-rules.ts";

const rules = rulesBy(
  {
    languages: ["ruby"],
    roles: {
      function: "method singleton_method lambda",
      class: "class singleton_class module",
      if: "if unless if_modifier unless_modifier",
      "else-if": "elsif",
      loop: "while until for while_modifier until_modifier",
      switch: "case case_match",
      case: "when in_clause",
      try: "begin",
      catch: "rescue rescue_modifier",
      conditional: "conditional",
      closure: "block do_block",
      filter: "if_guard unless_guard",
    },
    special({ type, parent }) {
      if (type !== "else") return undefined;
      if (/^case/.test(parent?.type ?? "")) return "fallback";
      return /^(if|unless|elsif)$/.test(parent?.type ?? "") ? "else" : "none";
    },
    operations: "binary",
    nested: "consequence body when in_clause",
    parenthesis: "parenthesized_statements",
    negation: "unary",
    numbers: "integer float",
    wrapping: "unary",
    naming: "assignment operator_assignment pair optional_parameter keyword_parameter",
    rows: "program body_statement block_body then do else ensure begin",
    blocks: "",
    members: "body_statement",
    leaving: "return break next redo retry",
    standing: "rescue else ensure method singleton_method class module uninterpreted heredoc_body",
    texts: "string regex string_array symbol_array heredoc_body simple_symbol delimited_symbol subshell",
  },
  {
    calleeOf: (node) =>
      node.type === "call" && !inField(node, "receiver") ? inField(node, "method") : undefined,
    parameters: parametersIn("identifier optional_parameter splat_parameter destructured_parameter"),
    methods: methodsIn({ members: "body_statement", methods: "method singleton_method" }),
  },
);

/** Ruby. */
export const ruby: SmellRules = {
  ...rules,
  isNested: (node) => rules.isNested(node) || (node.type === "else" && /^case/.test(node.parent?.type ?? "")),
};
