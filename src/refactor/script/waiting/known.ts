import { inField, parts, type SyntaxNode } from "../../../syntax/tree.ts";
import { isClear, textOf } from "../../names.ts";
import type { Source } from "../../refactoring.ts";
import { isConstant } from "../../steady.ts";

/** How far values of names are followed. */
const FAR = 4;
/** Give a promise, and never fail by themselves (ECMA-262, section 27.2.4). */
const MAKING = /^(resolve|reject|all|allSettled|race|any)$/;

/** Whether a value certainly is a promise of the language's own, and to make it cannot fail but by rejecting it. */
export function isPromise(node: SyntaxNode, source: Source, far = FAR): boolean {
  if (far === 0) return false;
  switch (node.type) {
    case "parenthesized_expression":
      return parts(node).every((it) => isPromise(it, source, far - 1));
    case "new_expression":
      return (
        isPromiseItself(inField(node, "constructor"), source) &&
        argumentsOf(node).every((it) => ARROW.test(it.type))
      );
    case "call_expression":
      return isCall(node, source, far);
    case "identifier":
      return isPromiseName(node, source, far);
    default:
      return false;
  }
}

const ARROW = /^(arrow_function|function_expression)$/;

/** Whether evaluating it neither does something that is not known nor fails. */
export function isSafe(node: SyntaxNode, source: Source): boolean {
  if (node.type === "array") return parts(node).every((it) => isSafe(it, source));
  const { effectOf, mayFail } = source.rules;
  return isPromise(node, source) || (effectOf(node, source) !== "acts" && !mayFail?.(node, source));
}

function argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
  const list = inField(call, "arguments");
  return list ? parts(list) : [];
}

function isPromiseItself(node: SyntaxNode | undefined, source: Source): boolean {
  return node?.type === "identifier" && isGlobal(node, "Promise", source);
}

function isGlobal(node: SyntaxNode, name: string, source: Source): boolean {
  return (
    textOf(node, source) === name &&
    source.bindings().at(node) === undefined &&
    source.bindings().opaque.length === 0
  );
}

function isCall(node: SyntaxNode, source: Source, far: number): boolean {
  const callee = inField(node, "function");
  const isChain = node.children.some((it) => it.type === "optional_chain");
  if (!callee || isChain || !argumentsOf(node).every((it) => isSafe(it, source))) return false;
  if (callee.type === "import") return true;
  if (callee.type === "identifier") return isGlobal(callee, "fetch", source) || isAsyncName(callee, source);
  const [object, property] = [inField(callee, "object"), inField(callee, "property")];
  const isPlain =
    callee.type === "member_expression" && !callee.children.some((it) => it.type === "optional_chain");
  return (
    far > 0 &&
    isPlain &&
    isPromiseItself(object, source) &&
    property !== undefined &&
    MAKING.test(textOf(property, source))
  );
}

/** A function of the file that is `async`. */
function isAsyncName(node: SyntaxNode, source: Source): boolean {
  const binding = source.bindings().at(node);
  const [declaration] = binding?.declarations ?? [];
  const holder = declaration?.parent;
  if (!binding || !holder || !isConstant(binding) || isClear(binding, source)) return false;
  const made = holder.type === "variable_declarator" ? inField(holder, "value") : holder;
  const isConst = holder.type !== "variable_declarator" || holder.parent?.children[0]?.type === "const";
  return (
    isConst &&
    made !== undefined &&
    /^(function_declaration|function_expression|arrow_function)$/.test(made.type) &&
    isAsync(made)
  );
}

/** Whether a function waits. */
export function isAsync({ children }: SyntaxNode): boolean {
  return children.some((it) => it.type === "async");
}

function isPromiseName(node: SyntaxNode, source: Source, far: number): boolean {
  const binding = source.bindings().at(node);
  const [declaration] = binding?.declarations ?? [];
  const holder = declaration?.parent;
  if (!binding || !holder || !isConstant(binding) || isClear(binding, source)) return false;
  const isDeclared =
    /^(variable_declarator|required_parameter)$/.test(holder.type) &&
    /^(name|pattern)$/.test(declaration.field ?? "");
  const type = isDeclared ? inField(holder, "type") : undefined;
  if (type)
    return (
      /^:\s*Promise</.test(textOf(type, source)) &&
      source.bindings().resolve("Promise", "type", node.from) === undefined
    );
  const value =
    holder.type === "variable_declarator" && declaration.field === "name"
      ? inField(holder, "value")
      : undefined;
  return (
    holder.parent?.children[0]?.type === "const" && value !== undefined && isPromise(value, source, far - 1)
  );
}
