import { allInField, inField, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { functionAround } from "../selection.ts";

/** Whether an expression certainly stands for one value: not for the results of a function that has several, nor for a value with a word on whether it is there. */
export function hasOneValue(node: SyntaxNode, source: Source): boolean {
  const isCall = node.type === "call_expression";
  const isAsked = /^(index|type_assertion|unary)_expression$/.test(node.type);
  if (node.type === "parenthesized_expression") return parts(node).every((it) => hasOneValue(it, source));
  if (!isCall && !isAsked) return true;
  const list = outermost(node).parent;
  if (!list || !/^(expression_list|argument_list)$/.test(list.type) || parts(list).length > 1) return true;
  return isCall ? givesOne(node, source) || isTakenAsOne(list, source) : givenBy(list) === 1;
}

/** A function of the file whose result is one, as it is written. */
function givesOne(call: SyntaxNode, source: Source): boolean {
  const callee = inField(call, "function");
  const made = callee && source.bindings().at(callee)?.declarations[0]?.parent;
  const result = made?.type === "function_declaration" ? inField(made, "result") : undefined;
  return result !== undefined && (result.type !== "parameter_list" || countOf(result) === 1);
}

function outermost(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent?.type === "parenthesized_expression") at = at.parent;
  return at;
}

/** How many variables a list of values is for; 1 where it is for none. */
function givenBy(list: SyntaxNode): number {
  const holder = list.parent;
  const left = holder && inField(holder, "left");
  if (left) return left.type === "expression_list" ? parts(left).length : 1;
  return holder?.type === "var_spec" ? allInField(holder, "name").length : 1;
}

function isTakenAsOne(list: SyntaxNode, source: Source): boolean {
  const holder = list.parent;
  if (list.type === "argument_list") return holder !== undefined && takesOne(holder, source);
  if (holder?.type === "return_statement") {
    const home = functionAround(holder, source);
    const result = home && inField(home, "result");
    return result !== undefined && (result.type !== "parameter_list" || countOf(result) === 1);
  }
  return givenBy(list) === 1;
}

function countOf(list: SyntaxNode): number {
  return parts(list).reduce((sum, it) => sum + Math.max(1, allInField(it, "name").length), 0);
}

/** Functions of the language that take one value, and conversions. */
const TAKES_ONE =
  /^(len|cap|close|panic|string|error|any|u?int(8|16|32|64)?|uintptr|float(32|64)|complex(64|128)|byte|rune|bool|real|imag)$/;

function takesOne(call: SyntaxNode, source: Source): boolean {
  const callee = inField(call, "function");
  if (callee?.type !== "identifier") return false;
  const binding = source.bindings().at(callee);
  if (!binding) return TAKES_ONE.test(textOf(callee, source));
  if (binding.kind === "type") return true;
  const made = binding.declarations[0]?.parent;
  const list = made?.type === "function_declaration" ? inField(made, "parameters") : undefined;
  return (
    list !== undefined &&
    countOf(list) === 1 &&
    parts(list).every((it) => it.type === "parameter_declaration")
  );
}

/** Whether a condition is of the type `bool` where it stands, or of that of a variable that is made for it. */
export function takesItsType(node: SyntaxNode, source: Source): boolean {
  const at = nearest(node, (it) => !isPartOfCondition(it)) ?? node;
  const { parent } = at;
  switch (parent?.type) {
    case "if_statement":
    case "for_statement":
    case "for_clause":
      return true;
    case "expression_list":
      return isListOfBooleans(parent, source);
    case "argument_list":
      return parent.parent !== undefined && takesAnything(parent.parent, source);
    default:
      return false;
  }
}

/** A side of `&&` and `||` has the type of the other side. */
function isPartOfCondition({ parent }: SyntaxNode): boolean {
  if (parent?.type === "parenthesized_expression") return true;
  if (parent?.type === "unary_expression") return parent.children[0]?.type === "!";
  return parent?.type === "binary_expression" && /^(&&|\|\|)$/.test(inField(parent, "operator")?.type ?? "");
}

function isListOfBooleans(list: SyntaxNode, source: Source): boolean {
  const holder = list.parent;
  if (holder?.type === "short_var_declaration") return true;
  if (holder?.type === "var_spec") return inField(holder, "type") === undefined;
  if (holder?.type !== "return_statement") return false;
  const home = functionAround(holder, source);
  const result = home && inField(home, "result");
  return result !== undefined && textOf(result, source) === "bool";
}

/** `fmt.Println` and its like: no function of the library takes a boolean of a type of its own. */
function takesAnything(call: SyntaxNode, source: Source): boolean {
  const callee = inField(call, "function");
  const operand = callee?.type === "selector_expression" ? inField(callee, "operand") : undefined;
  const [name] = (operand && source.bindings().at(operand)?.declarations) ?? [];
  const found = source.root.children
    .filter((it) => it.type === "import_declaration")
    .flatMap((it) => importedIn(it))
    .find((it) => isNamed(it, operand, name, source));
  const path = found && inField(found, "path");
  return path !== undefined && !(textOf(path, source).split("/")[0] ?? "").includes(".");
}

function importedIn(declaration: SyntaxNode): readonly SyntaxNode[] {
  return parts(declaration).flatMap((it) => (it.type === "import_spec" ? [it] : parts(it)));
}

function isNamed(
  spec: SyntaxNode,
  operand: SyntaxNode | undefined,
  name: SyntaxNode | undefined,
  source: Source,
): boolean {
  const alias = inField(spec, "name");
  const path = inField(spec, "path");
  if (!operand || !path) return false;
  if (name) return alias === name;
  return !alias && textOf(path, source).slice(1, -1).split("/").at(-1) === textOf(operand, source);
}
