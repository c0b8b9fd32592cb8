import { inField, parts } from "../../syntax/tree.ts";
import { logicalOf, type NegationRules } from "../branching/negation.ts";
import { textOf } from "../names.ts";
import { EQUALITY, strengthOf, UNARY } from "./in-place.ts";
import { isWhole } from "./plain-types.ts";
import { typeOf } from "./types.ts";

/** Negations of each other: who declares one has to declare the other (C# language specification, section 15.10.3). */
const OPPOSITE: Readonly<Record<string, string>> = { "==": "!=", "!=": "==" };
/** And these for whole numbers; for one that is none, `NaN`, or not there, neither is true. */
const OF_WHOLE: Readonly<Record<string, string>> = { "<": ">=", ">": "<=", "<=": ">", ">=": "<" };

/** How C# says that something is not so. */
export const negationRules: NegationRules = {
  logical: logicalOf,
  opposite(node, source) {
    const sign = node.type === "binary_expression" ? inField(node, "operator") : undefined;
    const areWhole = parts(node).every((it) => isWhole(typeOf(it, source)));
    const text = sign && (OPPOSITE[sign.type] ?? (areWhole ? OF_WHOLE[sign.type] : undefined));
    return sign && text !== undefined ? { sign, text } : undefined;
  },
  operand: (node) =>
    node.type === "prefix_unary_expression" && node.children[0]?.type === "!" ? parts(node)[0] : undefined,
  isTight: (node, isBeside) => !isBeside || strengthOf(node) >= EQUALITY,
  not(node, source) {
    const text = textOf(node, source);
    return strengthOf(node) >= UNARY ? `!${text}` : `!(${text})`;
  },
};
