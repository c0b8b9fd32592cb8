import { inField, parts } from "../../syntax/tree.ts";
import { logicalOf, type NegationRules } from "../branching/negation.ts";
import { textOf } from "../names.ts";
import { EQUALITY, strengthOf, UNARY } from "./in-place.ts";
import { typeOf } from "./types.ts";

/** Negations of each other for all values. */
const OPPOSITE: Readonly<Record<string, string>> = { "==": "!=", "!=": "==" };
/** And these for whole numbers; for a number that is none, `NaN`, neither is true (The Java Language Specification, section 15.20.1). */
const OF_WHOLE: Readonly<Record<string, string>> = { "<": ">=", ">": "<=", "<=": ">", ">=": "<" };
const WHOLE = /^(byte|short|char|int|long)$/;

/** How Java says that something is not so. */
export const negationRules: NegationRules = {
  logical: logicalOf,
  opposite(node, source) {
    const sign = node.type === "binary_expression" ? inField(node, "operator") : undefined;
    const areWhole = parts(node).every((it) => WHOLE.test(typeOf(it, source) ?? ""));
    const text = sign && (OPPOSITE[sign.type] ?? (areWhole ? OF_WHOLE[sign.type] : undefined));
    return sign && text !== undefined ? { sign, text } : undefined;
  },
  operand: (node) =>
    node.type === "unary_expression" && inField(node, "operator")?.type === "!"
      ? inField(node, "operand")
      : undefined,
  isTight: (node, isBeside) => !isBeside || strengthOf(node) >= EQUALITY,
  not(node, source) {
    const text = textOf(node, source);
    return strengthOf(node) >= UNARY ? `!${text}` : `!(${text})`;
  },
};
