import { inField, isComment, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Effect } from "../code-rules.ts";
import type { Source } from "../refactoring.ts";

/** Same value whenever evaluated, if their parts have. */
const PURE_IF_PARTS = new Set([
  "parenthesized_expression",
  "ternary_expression",
  "sequence_expression",
  // Taken for pure as operators are: code whose valueOf or toString does something is not written.
  "template_string",
  "template_substitution",
  "pair",
  "as_expression",
  "satisfies_expression",
  "non_null_expression",
  "type_assertion",
]);
const PURE = new Set([
  "number",
  "string",
  "true",
  "false",
  "null",
  "undefined",
  "identifier",
  "this",
  "super",
  "arrow_function",
  "function_expression",
  "generator_function",
  "property_identifier",
  "string_fragment",
  "escape_sequence",
  "meta_property",
]);
/** Their making is felt nowhere, but what they are made of may be read at another time. */
const MADE = new Set(["object", "array", "regex"]);
/** To make an element calls nothing of the program: that is done by whoever shows it. */
const ELEMENT =
  /^(jsx_(element|self_closing_element|fragment|opening_element|closing_element|attribute|expression|text|namespace_name)|html_character_reference)$/;
const READS = new Set([
  "member_expression",
  "subscript_expression",
  "spread_element",
  "computed_property_name",
]);
const RANK: Readonly<Record<Effect, number>> = { pure: 0, reads: 1, acts: 2 };

/** See `CodeRules.effectOf`. */
export function effectOf(node: SyntaxNode, source: Source): Effect {
  if (!node.isNamed || isComment(node) || isType(node)) return "pure";
  if (PURE.has(node.type)) return "pure";
  if (node.type === "shorthand_property_identifier") return "pure";
  if (PURE_IF_PARTS.has(node.type)) return strongest(parts(node), source);
  if (MADE.has(node.type) || ELEMENT.test(node.type)) return strongest(parts(node), source);
  // Taking all of an iterator changes it; an object is only read.
  if (node.type === "spread_element" && node.parent?.type !== "object") return "acts";
  if (READS.has(node.type)) return atLeast("reads", strongest(parts(node), source));
  if (node.type === "binary_expression" || node.type === "unary_expression") return operated(node, source);
  return "acts";
}

function operated(node: SyntaxNode, source: Source): Effect {
  const sign = inField(node, "operator")?.type ?? "";
  if (sign === "delete") return "acts";
  const inner = strongest(parts(node), source);
  return sign === "in" || sign === "instanceof" ? atLeast("reads", inner) : inner;
}

function strongest(nodes: readonly SyntaxNode[], source: Source): Effect {
  return nodes.map((it) => effectOf(it, source)).reduce(atLeast, "pure");
}

function atLeast(a: Effect, b: Effect): Effect {
  return RANK[a] > RANK[b] ? a : b;
}

/** Types are erased before anything runs. */
export function isType(node: SyntaxNode): boolean {
  return /_type$|^type_(?!assertion)|^predefined_type$|^nested_type_identifier$|^type_arguments$/.test(
    node.type,
  );
}

/** See `CodeRules.mayFail`: big integers do not mix with other numbers, and are not divided by 0n. */
export function mayFail(node: SyntaxNode, { text }: Source): boolean {
  return [...walk(node)].some((it) => it.type === "number" && text.charAt(it.to - 1) === "n");
}
