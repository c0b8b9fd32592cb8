import type { SyntaxNode } from "../../syntax/tree.ts";
import { isHandedOn, isOverride, parametersIn } from "../nodes/functions.ts";
import { methodsIn } from "../nodes/methods.ts";
import { rulesBy } from "../nodes/rules.ts";
import type { SmellRules } from "../smell-rules.ts";

const listed = parametersIn("parameter array_type");

const rules = rulesBy(
  {
    languages: ["c-sharp"],
    roles: {
      function:
        "method_declaration constructor_declaration destructor_declaration operator_declaration conversion_operator_declaration local_function_statement accessor_declaration lambda_expression anonymous_method_expression",
      class:
        "class_declaration struct_declaration record_declaration record_struct_declaration interface_declaration enum_declaration",
      if: "if_statement",
      loop: "for_statement for_each_statement while_statement do_statement",
      switch: "switch_statement switch_expression",
      case: "case_switch_label case_pattern_switch_label",
      fallback: "default_switch_label",
      try: "try_statement",
      catch: "catch_clause",
      conditional: "conditional_expression",
      jump: "goto_statement",
      filter: "catch_filter_clause when_clause",
    },
    special({ type, children }) {
      if (type !== "switch_expression_arm") return undefined;
      return children[0]?.type === "discard" ? "fallback" : "case";
    },
    operations: "binary_expression",
    nested: "consequence body switch_expression_arm",
    parenthesis: "parenthesized_expression",
    negation: "prefix_unary_expression",
    numbers: "integer_literal real_literal",
    wrapping: "prefix_unary_expression cast_expression equals_value_clause",
    naming:
      "variable_declarator assignment_expression enum_member_declaration parameter property_declaration attribute_argument",
    labelled: "argument",
    rows: "compilation_unit switch_section",
    blocks: "block",
    members: "declaration_list",
    leaving: "return_statement throw_statement break_statement continue_statement goto_statement",
    // What yields is an iterator, reached or not.
    entries: "yield_statement",
    texts: "string_literal verbatim_string_literal character_literal",
    imports: "using_directive extern_alias_directive",
  },
  {
    // What is extended is given before the dot.
    parameters: (fn, text) => listed(fn, text).filter((it) => !/^this\b/.test(text.slice(it.from, it.to))),
    isDictated: (fn, text) =>
      /^(lambda_expression|anonymous_method_expression|operator_declaration)$/.test(fn.type) ||
      isHandedOn(fn) ||
      isOverride(fn, text),
    methods: methodsIn({
      members: "declaration_list",
      methods: "method_declaration constructor_declaration",
    }),
  },
);

/** C#. */
export const cSharp: SmellRules = {
  ...rules,
  isNested: (node) => rules.isNested(node) || isLooped(node),
};

/** What a loop does, with braces or without. */
function isLooped({ type, parent }: SyntaxNode): boolean {
  return /^(while|do|for)_statement$/.test(parent?.type ?? "") && /(_statement|^block)$/.test(type);
}
