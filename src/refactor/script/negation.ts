import { inField } from "../../syntax/tree.ts";
import { logicalOf, type NegationRules } from "../branching/negation.ts";
import { textOf } from "../names.ts";
import { strengthOf, UNARY } from "./in-place.ts";

/** ECMA-262, section 13.11: these are negations of each other for all values; `<` and `>=` are not, for `NaN`. */
const OPPOSITE: Readonly<Record<string, string>> = { "==": "!=", "!=": "==", "===": "!==", "!==": "===" };
/** Binds closer than `&&` and `||`. */
const CLOSER = 5;

/** How JavaScript and TypeScript say that something is not so. */
export const negationRules: NegationRules = {
  logical: logicalOf,
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
