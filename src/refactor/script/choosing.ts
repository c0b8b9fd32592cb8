import type { Binding } from "../../syntax/bindings.ts";
import { inField, isComment, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Choice, ChoosingRules, Giving } from "../choosing/rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { functionAround } from "../selection.ts";
import { isConstant } from "../steady.ts";
import { strengthOf } from "./in-place.ts";

/** Operators that have the old value whatever it is. */
const UPDATING = /^(\+|-|\*|\/|%|\*\*|<<|>>|>>>|&|\||\^)=$/;

/** How JavaScript and TypeScript choose values. */
export const choosing: ChoosingRules = {
  giving,
  choice,
  chosen({ condition, yes, no }, source) {
    const [head, first, second] = [
      inParentheses(condition, 1, source),
      inParentheses(yes, 0, source),
      inParentheses(no, 0, source),
    ];
    return `${head} ? ${first} : ${second}`;
  },
  alone: textOf,
  isTargetFirst: true,
  isNamedAfter: (value, { kind, target }) =>
    kind !== "return" && kind !== "update" && target?.type === "identifier" && isNameless(value),
  head: (condition) => `if (${condition})`,
};

/** What holds together no more than that needs parentheses. */
function inParentheses(node: SyntaxNode, least: number, source: Source): string {
  const text = textOf(node, source);
  return strengthOf(node) <= least ? `(${text})` : text;
}

/** ECMA-262, IsAnonymousFunctionDefinition: parentheses change nothing. */
function isNameless(value: SyntaxNode): boolean {
  if (value.type === "parenthesized_expression") return parts(value).some(isNameless);
  if (value.type === "arrow_function") return true;
  return /^(function_expression|generator_function|class)$/.test(value.type) && !inField(value, "name");
}

function choice(value: SyntaxNode): Choice | undefined {
  if (value.type === "parenthesized_expression" && !value.children.some(isComment)) {
    const [only] = parts(value);
    return only && choice(only);
  }
  const [condition, yes, no] = ["condition", "consequence", "alternative"].map((it) => inField(value, it));
  const isChoice = value.type === "ternary_expression" && !value.children.some(isComment);
  return isChoice && condition && yes && no ? { condition, yes, no } : undefined;
}

function giving(statement: SyntaxNode, source: Source): Giving | undefined {
  const [first, ...more] = parts(statement);
  if (!first || more.length > 0) return undefined;
  if (statement.type === "return_statement") return made(statement, "return", first, undefined, source);
  if (/^(lexical|variable)_declaration$/.test(statement.type)) return declaring(statement, first, source);
  if (statement.type !== "expression_statement") return undefined;
  const [left, right] = [inField(first, "left"), inField(first, "right")];
  if (!left || !right || /pattern/.test(left.type)) return undefined;
  if (first.type === "assignment_expression") return made(statement, "assign", right, left, source);
  const sign = first.type === "augmented_assignment_expression" && inField(first, "operator");
  return sign && UPDATING.test(sign.type) ? made(statement, "update", right, left, source) : undefined;
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

/** Whether `let` without a value would say less: it is given another one against the rules, asked for meanwhile, or has its type from the value. */
function isMoreThanGiven(binding: Binding, declarator: SyntaxNode, source: Source): boolean {
  const isWithin = (node: SyntaxNode) => declarator.from <= node.from && node.to <= declarator.to;
  const home = functionAround(declarator, source);
  const isTyped = source.language === "javascript" || inField(declarator, "type") !== undefined;
  // What other functions see of a variable without a type, TypeScript does not know.
  return (
    (binding.kind === "constant" && !isConstant(binding)) ||
    binding.references.some(
      ({ node }) => isWithin(node) || (!isTyped && functionAround(node, source) !== home),
    ) ||
    (!isTyped && binding.isExported)
  );
}

/** `const a = b` is one of `let a;` and `a = b`, where nothing of it asks for `a`. */
function declaring(statement: SyntaxNode, declarator: SyntaxNode, source: Source): Giving | undefined {
  const [name, value] = [inField(declarator, "name"), inField(declarator, "value")];
  const whole = value && name?.type === "identifier" && made(statement, "declare", value, name, source);
  const binding = name && source.bindings().at(name);
  if (!whole || !name || !binding || isMoreThanGiven(binding, declarator, source)) return undefined;
  const word = statement.children[0]?.type === "var" ? "var" : "let";
  const typed = source.text
    .slice(name.from, declarator.children.find((it) => it.type === "=")?.from)
    .trimEnd();
  return { ...whole, head: `${textOf(name, source)} = `, declaration: `${word} ${typed}${whole.end}` };
}
