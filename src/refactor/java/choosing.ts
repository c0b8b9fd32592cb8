import { inField, isComment, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Choice, ChoosingRules, Giving } from "../choosing/rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { functionAround } from "../selection.ts";
import { isConstantExpression } from "./declared-type.ts";
import { strengthOf } from "./in-place.ts";
import { declaresNames } from "./places.ts";
import { isPrimitive } from "./plain-types.ts";
import { typeOf } from "./types.ts";

/** How Java chooses values. */
export const choosing: ChoosingRules = {
  giving,
  choice,
  chosen({ condition, yes, no }, source) {
    const [head, first, second] = [
      inParentheses(condition, 2, source),
      inParentheses(yes, 1, source),
      inParentheses(no, 1, source),
    ];
    return `${head} ? ${first} : ${second}`;
  },
  alone: textOf,
  isTargetFirst: true,
  isNamedAfter: () => false,
  cannotChoose,
  head: (condition) => `if (${condition})`,
};

function inParentheses(node: SyntaxNode, least: number, source: Source): string {
  const text = textOf(node, source);
  return strengthOf(node) <= least ? `(${text})` : text;
}

function choice(value: SyntaxNode): Choice | undefined {
  if (value.type === "parenthesized_expression" && !value.children.some(isComment)) {
    const [only] = parts(value);
    return only && choice(only);
  }
  const [condition, yes, no] = ["condition", "consequence", "alternative"].map((it) => inField(value, it));
  if (value.type !== "ternary_expression" || value.children.some(isComment)) return undefined;
  return condition && yes && no && !declaresNames(condition) ? { condition, yes, no } : undefined;
}

function giving(statement: SyntaxNode, source: Source): Giving | undefined {
  const [first, ...more] = parts(statement);
  if (!first) return undefined;
  if (statement.type === "local_variable_declaration") return declaring(statement, source);
  if (more.length > 0) return undefined;
  if (statement.type === "return_statement") return made(statement, "return", first, undefined, source);
  const [left, sign, right] = ["left", "operator", "right"].map((it) => inField(first, it));
  if (statement.type !== "expression_statement" || first.type !== "assignment_expression") return undefined;
  if (!left || !sign || !right) return undefined;
  return made(statement, sign.type === "=" ? "assign" : "update", right, left, source);
}

function made(
  statement: SyntaxNode,
  kind: Giving["kind"],
  value: SyntaxNode,
  target: SyntaxNode | undefined,
  { text }: Source,
): Giving | undefined {
  const isAside = (it: SyntaxNode) => isComment(it) && !(value.from <= it.from && it.to <= value.to);
  if ([...walk(statement, (it) => it === value)].some(isAside)) return undefined;
  const [head, end] = [text.slice(statement.from, value.from), text.slice(value.to, statement.to)];
  return { statement, kind, head, end, value, target };
}

/** `int a = b;` is `int a;` and `a = b;`, but not of a constant, nor of `var`. */
function declaring(statement: SyntaxNode, source: Source): Giving | undefined {
  const [declarator, ...more] = parts(statement).filter((it) => it.type === "variable_declarator");
  const [name, value] = declarator ? [inField(declarator, "name"), inField(declarator, "value")] : [];
  const type = inField(statement, "type");
  if (!declarator || !name || !value || !type || more.length > 0 || textOf(type, source) === "var")
    return undefined;
  if (value.type === "array_initializer" || isConstantExpression(name, source)) return undefined;
  const whole = made(statement, "declare", value, name, source);
  const sign = declarator.children.find((it) => it.type === "=");
  if (!whole || !sign) return undefined;
  const declared = source.text.slice(statement.from, sign.from).trimEnd();
  return { ...whole, head: `${textOf(name, source)} = `, declaration: declared + whole.end };
}

/** Types that a number may be an object of. */
const OF_NUMBERS =
  /^(Object|Number|Comparable|Serializable|Constable|ConstantDesc|Byte|Short|Character|Integer|Long|Float|Double|Boolean)\b/;

/** Types that a value of `int` is given to whatever it is; constants are given to smaller ones, too (section 5.2). */
const TAKES_INT = /^(int|long|float|double|Integer|Object|Number|Comparable<.*>|Serializable)$/;

/** See `ChoosingRules.cannotChoose`: numbers of two types become one type in a choice (The Java Language Specification, section 15.25). */
function cannotChoose(
  { yes, no }: Choice,
  { kind, statement, target }: Giving,
  source: Source,
): string | undefined {
  const [a, b] = [typeOf(yes, source), typeOf(no, source)];
  const type = kind === "update" ? undefined : targetType(statement, target, source);
  if (a !== undefined && a === b && (isPrimitive(a) || a === "String")) {
    const mayFit = a === "int" && kind !== "update" && !TAKES_INT.test(type ?? "");
    const areKnown = [yes, no].every((it) => isConstantExpression(it, source));
    return mayFit && areKnown ? "a choice is no constant that a smaller type could take" : undefined;
  }
  if (type === undefined) return "of which type the values are is not certain";
  if (/^(int|long|boolean)$/.test(type)) return undefined;
  const named = source.bindings().resolve(type.replace(/\W.*$/s, ""), "type", statement.from);
  const isPlain = !isPrimitive(type) && !OF_NUMBERS.test(type) && named?.kind !== "type";
  return isPlain ? undefined : "values of two types become one type in a choice";
}

function targetType(
  statement: SyntaxNode,
  target: SyntaxNode | undefined,
  source: Source,
): string | undefined {
  if (target) return typeOf(target, source);
  const method = functionAround(statement, source);
  const type = method?.type === "method_declaration" ? inField(method, "type") : undefined;
  return type && textOf(type, source);
}
