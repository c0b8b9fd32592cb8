import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import type { Logical, NegationRules } from "../branching/negation.ts";
import { textOf } from "../names.ts";
import { strengthOf, UNARY } from "./in-place.ts";

/** ECMA-262, section 13.11: these are negations of each other for all values; `<` and `>=` are not, for `NaN`. */
const OPPOSITE: Readonly<Record<string, string>> = { "==": "!=", "!=": "==", "===": "!==", "!==": "===" };
/** Binds closer than `&&` and `||`. */
const CLOSER = 5;

/** How JavaScript and TypeScript say that something is not so. */
export const negationRules: NegationRules = {
  logical,
  opposite(node) {
    const sign = node.type === "binary_expression" ? inField(node, "operator") : undefined;
    const text = sign && OPPOSITE[sign.type];
    return sign && text !== undefined ? { sign, text } : undefined;
  },
  operand: (node) =>
    node.type === "unary_expression" && inField(node, "operator")?.type === "!"
      ? inField(node, "argument")
      : undefined,
  isTight: (node, isBeside) => !isBeside || strengthOf(node) >= CLOSER,
  not(node, source) {
    const text = textOf(node, source);
    return strengthOf(node) >= UNARY ? `!${text}` : `!(${text})`;
  },
};

function logical(node: SyntaxNode): Logical | undefined {
  if (node.type !== "binary_expression") return undefined;
  const [left, sign, right] = ["left", "operator", "right"].map((it) => inField(node, it));
  if (!left || !sign || !right || !/^(&&|\|\|)$/.test(sign.type)) return undefined;
  const isLoose = sign.type === "&&";
  return { left, right, sign, opposite: isLoose ? "||" : "&&", isLoose };
}
