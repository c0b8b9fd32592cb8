import { inField } from "../../syntax/tree.ts";
import { isHandedOn, parametersIn, plainCallee } from "../nodes/functions.ts";
import { memberUseBy } from "../nodes/members.ts";
import { methodsIn } from "../nodes/methods.ts";
import { rulesBy } from "../nodes/rules.ts";
import { hasAttribute, isFallback, isInTests, isOfTrait, ownName } from "../rust/members.ts";
import type { SmellRules } from "../smell-rules.ts";

const rules = rulesBy(
  {
    languages: ["rust"],
    roles: {
      function: "function_item closure_expression",
      class: "impl_item trait_item",
      if: "if_expression",
      else: "else_clause",
      loop: "for_expression while_expression loop_expression",
      switch: "match_expression",
      case: "match_arm",
    },
    special(node) {
      if (node.type === "match_arm" && isFallback(node)) return "fallback";
      // An arm's condition.
      if (node.type === "match_pattern") return inField(node, "condition") ? "filter" : undefined;
      const isJump = /^(break|continue)_expression$/.test(node.type);
      return isJump && node.children.some((it) => /label/.test(it.type)) ? "jump" : undefined;
    },
    operations: "binary_expression",
    nested: "consequence body",
    parenthesis: "parenthesized_expression",
    negation: "unary_expression",
    numbers: "integer_literal float_literal",
    wrapping: "unary_expression type_cast_expression",
    naming:
      "const_item static_item let_declaration field_initializer enum_variant assignment_expression array_type",
    rows: "source_file",
    blocks: "block",
    members: "declaration_list",
    leaving: "return_expression break_expression continue_expression",
    standing:
      "impl_item trait_item const_item static_item mod_item macro_definition use_declaration extern_crate_declaration",
    mayBeLeftOut: hasAttribute,
    texts: "string_literal raw_string_literal char_literal",
    imports: "use_declaration extern_crate_declaration",
  },
  {
    parameters: parametersIn("parameter"),
    isDictated: (fn) => isHandedOn(fn) || isOfTrait(fn),
    methods: (type, text) =>
      inField(type, "trait")
        ? []
        : methodsIn({ members: "declaration_list", methods: "function_item" })(type, text),
    calleeOf: plainCallee("call_expression", "function"),
    memberUse: memberUseBy({
      access: "field_expression",
      object: "value",
      member: "field",
      call: "call_expression",
    }),
    ownName,
  },
);

/** Rust. `?` is no decision, as in SonarSource's analyser (sonar-rust, `cyclomatic_complexity.rs`). */
export const rust: SmellRules = {
  ...rules,
  isUnexplained: (number, text) => rules.isUnexplained(number, text) && !isInTests(number, text),
};
