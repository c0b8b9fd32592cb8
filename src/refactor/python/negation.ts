import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Logical, NegationRules } from "../branching/negation.ts";
import { textOf } from "../names.ts";
import { CONDITIONAL, NOT, strengthOf } from "./in-place.ts";

/**
 * The Python Language Reference, section 6.10: these are negations of each other whatever they compare; `==` and `!=`,
 * `<` and `>=` are methods of their own.
 */
const OPPOSITE: Readonly<Record<string, string>> = {
  is: "is not",
  "is not": "is",
  in: "not in",
  "not in": "in",
};

/** How Python says that something is not so. */
export const negationRules: NegationRules = {
  logical,
  opposite(node, source) {
    if (node.type !== "comparison_operator") return undefined;
    const signs = node.children.filter((it) => !it.isNamed);
    const [first, last] = [signs[0], signs.at(-1)];
    if (
      !first ||
      !last ||
      node.children.length !== signs.length + parts(node).length ||
      parts(node).length !== 2
    )
      return undefined;
    const sign = { from: first.from, to: last.to };
    const text = OPPOSITE[source.text.slice(sign.from, sign.to).replace(/\s+/g, " ")];
    return text === undefined ? undefined : { sign, text };
  },
  operand: (node) => (node.type === "not_operator" ? inField(node, "argument") : undefined),
  // What goes over several lines needs its brackets.
  isTight: (node, isBeside, source) =>
    strengthOf(node) >= (isBeside ? NOT : CONDITIONAL) && !textOf(node, source).includes("\n"),
  not(node, source) {
    const text = textOf(node, source);
    return strengthOf(node) >= NOT ? `not ${text}` : `not (${text})`;
  },
};

function logical(node: SyntaxNode): Logical | undefined {
  if (node.type !== "boolean_operator") return undefined;
  const [left, right] = parts(node);
  const sign = inField(node, "operator");
  if (!left || !sign || !right) return undefined;
  const isLoose = sign.type === "and";
  return { left, right, sign, opposite: isLoose ? "or" : "and", isLoose };
}
