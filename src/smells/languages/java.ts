import { memberUse, ownMember, ownName } from "../java/members.ts";
import { importPart, isImportForUse, isOwn } from "../java/names.ts";
import { isHandedOn, isOverride, parametersIn } from "../nodes/functions.ts";
import { methodsIn } from "../nodes/methods.ts";
import { rulesBy } from "../nodes/rules.ts";
import type { SmellRules } from "../smell-rules.ts";

/** Java. What is never reached is no smell there: the compiler refuses it. */
export const java: SmellRules = rulesBy(
  {
    languages: ["java"],
    roles: {
      function:
        "method_declaration constructor_declaration compact_constructor_declaration lambda_expression",
      class:
        "class_declaration record_declaration enum_declaration interface_declaration annotation_type_declaration",
      if: "if_statement",
      loop: "for_statement enhanced_for_statement while_statement do_statement",
      switch: "switch_expression",
      try: "try_statement try_with_resources_statement",
      catch: "catch_clause",
      conditional: "ternary_expression",
    },
    special({ type, children }) {
      if (type === "switch_label") return children[0]?.type === "default" ? "fallback" : "case";
      const isJump = /^(break|continue)_statement$/.test(type);
      return isJump && children.some((it) => it.type === "identifier") ? "jump" : undefined;
    },
    operations: "binary_expression",
    nested: "consequence body",
    parenthesis: "parenthesized_expression",
    negation: "unary_expression",
    numbers: "decimal_integer_literal decimal_floating_point_literal",
    wrapping: "unary_expression cast_expression",
    naming: "variable_declarator assignment_expression element_value_pair array_initializer dimensions_expr",
    rows: "program switch_block_statement_group constructor_body",
    blocks: "block",
    members: "class_body interface_body enum_body_declarations",
    texts: "string_literal character_literal",
    imports: "package_declaration import_declaration",
  },
  {
    parameters: parametersIn("formal_parameter spread_parameter"),
    isDictated: (fn, text) => fn.type === "lambda_expression" || isHandedOn(fn) || isOverride(fn, text),
    methods: methodsIn({
      members: "class_body enum_body_declarations",
      methods: "method_declaration constructor_declaration",
    }),
    ownName,
    memberUse,
    ownMember,
    reachesAll: () => false,
    isOwn,
    isImportForUse,
    importPart,
  },
);
