import { contains, inField, isComment, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Source } from "../../refactoring.ts";
import { isPlainTarget } from "../looping/loop-at.ts";
import { isFunction } from "../places.ts";
import { isSafe } from "./known.ts";

/** Functions that may wait: those that are called, and no more. */
export const HOSTS = /^(function_declaration|function_expression|arrow_function|method_definition)$/;

/** Why a function cannot be given the other form, whatever it does: its head may fail, or tells what it gives. */
export function unfitHead(host: SyntaxNode, source: Source, id: string): Refusal | undefined {
  const isOther =
    host.children.some((it) => /^(get|set|\*)$/.test(it.type)) || /^constructor$/.test(nameOf(host, source));
  if (isOther) return refused(`${id}.place`, "A function of this kind cannot wait.", host);
  const list = inField(host, "parameters");
  // A promise is rejected where a function would have failed.
  const failing = list && parts(list).find((it) => !isPlainParameter(it, source));
  if (failing)
    return refused(
      `${id}.parameters`,
      "To give its parameters their values may fail, and would do so in another way.",
      failing,
    );
  const type = inField(host, "return_type");
  if (type && !/^:\s*Promise</.test(textOf(type, source)))
    return refused(`${id}.type`, "Its type says that it gives something else than a promise.", type);
  const binding = source.bindings().at(inField(host, "name") ?? host);
  const made = binding?.references.find(({ node }) => node.field === "constructor");
  if (made) return refused(`${id}.new`, "Objects are made of it.", made.node);
  const hidden = source.bindings().opaque.find(({ node }) => contains(host, node) || contains(node, host));
  return (
    hidden && refused(`${id}.hidden`, `${hidden.why}, so what names stand for is not certain.`, hidden.node)
  );
}

function nameOf(host: SyntaxNode, source: Source): string {
  const name = host.type === "method_definition" ? inField(host, "name") : undefined;
  return name ? textOf(name, source) : "";
}

function isPlainParameter(node: SyntaxNode, source: Source): boolean {
  if (node.type === "rest_pattern") return parts(node).every((it) => it.type === "identifier");
  const [name, value] = /^(required|optional)_parameter$/.test(node.type)
    ? [inField(node, "pattern"), inField(node, "value")]
    : node.type === "assignment_pattern"
      ? [inField(node, "left"), inField(node, "right")]
      : [node, undefined];
  const isName =
    name?.type === "identifier" ||
    name?.type === "this" ||
    (name?.type === "rest_pattern" && isPlainParameter(name, source));
  return isName && (!value || isSafe(value, source));
}

/** Whether a statement before the first that waits neither does anything nor fails. */
export function isQuiet(statement: SyntaxNode, source: Source): boolean {
  if (statement.type === "function_declaration") return true;
  if (statement.type !== "lexical_declaration") return false;
  return parts(statement).every((it) => {
    const [name, value] = [inField(it, "name"), inField(it, "value")];
    return name?.type === "identifier" && (!value || isSafe(value, source));
  });
}

/** A comment in the function that does not lie in what is kept as it is. */
export function lostComment(host: SyntaxNode, kept: readonly SyntaxNode[], id: string): Refusal | undefined {
  const body = inField(host, "body") ?? host;
  const found = [...walk(body, (it) => kept.includes(it))].find((it) => isComment(it));
  return found && refused(`${id}.comment`, "A comment would have no place.", found);
}

/** Nodes that run when the function does, functions in it left out. */
export function ownOf(node: SyntaxNode): readonly SyntaxNode[] {
  return [...walk(node, (it) => it !== node && (isFunction(it) || it.type === "class_body"))];
}

/** The one parameter of a function that is handed on, and its body; `undefined`: it is of another kind. */
export interface Callback {
  readonly node: SyntaxNode;
  readonly parameter: SyntaxNode | undefined;
  /** `: T` of it. */
  readonly type: SyntaxNode | undefined;
  readonly body: SyntaxNode;
}

/** See `Callback`. */
export function callbackOf(node: SyntaxNode): Callback | undefined {
  const body = inField(node, "body");
  const isPlain =
    /^(arrow_function|function_expression)$/.test(node.type) &&
    !["name", "return_type", "type_parameters"].some((it) => inField(node, it));
  const single = inField(node, "parameter");
  const list = inField(node, "parameters");
  const [first, ...more] = single ? [single] : list ? parts(list) : [];
  if (!isPlain || !body || more.length > 0) return undefined;
  const isTyped = first?.type === "required_parameter" && !inField(first, "value");
  const parameter = isTyped ? inField(first, "pattern") : first;
  if (parameter && !isPlainTarget(parameter)) return undefined;
  return { node, parameter, type: isTyped ? inField(first, "type") : undefined, body };
}

/** Statements of a function's body as they stand, from the first to the last, comments too; for `movedText`. */
export function rangeOf(nodes: readonly SyntaxNode[]) {
  const [first, last] = [nodes[0], nodes.at(-1)];
  return first && last ? { kind: "statements" as const, from: first.from, to: last.to, nodes } : undefined;
}
