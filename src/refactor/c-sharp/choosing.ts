import { inField, isComment, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Choice, ChoosingRules, Giving } from "../choosing/rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { isConstantExpression, targetType } from "./declared-type.ts";
import { strengthOf } from "./in-place.ts";
import { declaresNames, givenValue, hasModifier, isPlain } from "./places.ts";
import { isShared } from "./plain-types.ts";
import { typeOf } from "./types.ts";

/** How C# chooses values. */
export const choosing: ChoosingRules = {
  giving,
  choice,
  chosen({ condition, yes, no }, source) {
    // Behind a type a `?` would be taken for its own.
    const isTypeLast = /^(is|as|is_pattern)_expression$/.test(condition.type);
    const head = isTypeLast ? `(${textOf(condition, source)})` : inParentheses(condition, 2, source);
    return `${head} ? ${inParentheses(yes, 1, source)} : ${inParentheses(no, 1, source)}`;
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
  if (value.type !== "conditional_expression" || !condition || !yes || !no) return undefined;
  const isOdd =
    value.children.some(isComment) ||
    declaresNames(value) ||
    [yes, no].some((it) => /^(throw|ref)_expression$/.test(it.type));
  return isOdd || [...walk(value)].some((it) => /_directive$/.test(it.type))
    ? undefined
    : { condition, yes, no };
}

function giving(statement: SyntaxNode, source: Source): Giving | undefined {
  const [first, ...more] = parts(statement);
  if (!first) return undefined;
  if (statement.type === "local_declaration_statement") return declaring(statement, source);
  if (more.length > 0) return undefined;
  if (statement.type === "return_statement") return made(statement, "return", first, undefined, source);
  const [left, right] = ["left", "right"].map((it) => inField(first, it));
  if (statement.type !== "expression_statement" || first.type !== "assignment_expression") return undefined;
  const sign = first.children.find((it) => it.type === "assignment_operator");
  if (!left || !right || !sign || textOf(sign, source) === "??=") return undefined;
  return made(statement, isPlain(first) ? "assign" : "update", right, left, source);
}

function made(
  statement: SyntaxNode,
  kind: Giving["kind"],
  value: SyntaxNode,
  target: SyntaxNode | undefined,
  { text }: Source,
): Giving | undefined {
  const isAside = (it: SyntaxNode) =>
    (isComment(it) || /_directive$/.test(it.type)) && !(value.from <= it.from && it.to <= value.to);
  if ([...walk(statement, (it) => it === value)].some(isAside)) return undefined;
  const [head, end] = [text.slice(statement.from, value.from), text.slice(value.to, statement.to)];
  return { statement, kind, head, end, value, target };
}

/** `int a = b;` is `int a;` and `a = b;`, but not of a constant, of `var`, or of what is closed. */
function declaring(statement: SyntaxNode, source: Source): Giving | undefined {
  const list = statement.children.find((it) => it.type === "variable_declaration");
  const [declarator, ...more] = list ? parts(list).filter((it) => it.type === "variable_declarator") : [];
  const name = declarator?.children[0];
  const value = declarator && givenValue(declarator);
  const type = list && inField(list, "type");
  if (!declarator || name?.type !== "identifier" || !value || !type || more.length > 0) return undefined;
  const isSpecial =
    type.type === "implicit_type" ||
    hasModifier(statement, /./) ||
    statement.children.some((it) => /^(using|await)$/.test(it.type));
  if (isSpecial || value.type === "initializer_expression") return undefined;
  const whole = made(statement, "declare", value, name, source);
  if (!whole) return undefined;
  const declared = source.text.slice(statement.from, name.to);
  return { ...whole, head: `${textOf(name, source)} = `, declaration: declared + whole.end };
}

/** Types that a value of `int` is given to whatever it is; constants are given to smaller ones, too (C# language specification, section 10.2.11). */
const TAKES_INT = /^(int|long|float|double|decimal|object)$/;

/** See `ChoosingRules.cannotChoose`: values of two types become one type in a choice (section 12.18). */
function cannotChoose(
  { yes, no }: Choice,
  { kind, target, value }: Giving,
  source: Source,
): string | undefined {
  const [a, b] = [typeOf(yes, source), typeOf(no, source)];
  const type = target ? typeOf(target, source) : targetType(value, source);
  const isNothing =
    [yes, no].some((it) => it.type === "null_literal") &&
    [a, b].some((it) => it !== undefined && !it.endsWith("?") && isShared(it, source));
  if ((a !== undefined && a === b) || isNothing) {
    const areKnown = [yes, no].every((it) => isConstantExpression(it, source));
    return areKnown &&
      a !== type &&
      !(a === "int" && TAKES_INT.test(type ?? "")) &&
      !(kind !== "update" && type === undefined && a === "string")
      ? "a choice is no constant that a smaller type could take"
      : undefined;
  }
  return "of which type the values are is not certain";
}
