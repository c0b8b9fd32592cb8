import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { parametersIn } from "../nodes/functions.ts";
import type { NodeTable } from "../nodes/rules.ts";
import type { SmellRules } from "../smell-rules.ts";

/** What C and C++ have in common, by types. */
export const nodes = {
  special(node, text) {
    const { type, children } = node;
    // Behind macros the parser takes statements for functions.
    if (type === "function_definition") return STATEMENT.test(nameIn(node, text)) ? "none" : undefined;
    if (type !== "case_statement") return undefined;
    return children[0]?.type === "default" ? "fallback" : "case";
  },
  operations: "binary_expression",
  nested: "consequence body",
  parenthesis: "parenthesized_expression condition_clause",
  negation: "unary_expression",
  numbers: "number_literal",
  wrapping: "unary_expression cast_expression",
  naming:
    "init_declarator assignment_expression initializer_pair enumerator array_declarator bitfield_clause field_initializer optional_parameter_declaration",
  rows: "translation_unit case_statement",
  blocks: "compound_statement",
  leaving: "return_statement break_statement continue_statement goto_statement",
  texts: "string_literal char_literal raw_string_literal system_lib_string",
  imports: "preproc_include",
} as const satisfies Partial<NodeTable>;

const STATEMENT = /^(if|for|while|switch|do|else|return|catch)$/;

function nameIn(fn: SyntaxNode, text: string): string {
  const name = functions.nameOf?.(fn);
  return name ? text.slice(name.from, name.to) : "";
}

/** The part of a function's head that has its name and its parameters. */
function declaratorOf(fn: SyntaxNode): SyntaxNode | undefined {
  let at = inField(fn, "declarator");
  while (at && !/^(abstract_)?function_declarator$/.test(at.type))
    at = inField(at, "declarator") ?? parts(at).find((it) => /declarator$/.test(it.type));
  return at;
}

const listed = parametersIn(
  "parameter_declaration optional_parameter_declaration variadic_parameter_declaration",
  (fn) => {
    const declarator = declaratorOf(fn);
    return declarator && inField(declarator, "parameters");
  },
);

/** What functions are, in C and C++. */
export const functions: Partial<SmellRules> = {
  nameOf(fn) {
    const declarator = declaratorOf(fn);
    return declarator && inField(declarator, "declarator");
  },
  // `(void)` says that there are none.
  parameters: (fn, text) => listed(fn, text).filter((it) => text.slice(it.from, it.to) !== "void"),
};
