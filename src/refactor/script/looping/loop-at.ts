import {
  inField,
  isComment,
  nearest,
  parts,
  type SyntaxNode,
  smallestAround,
  walk,
} from "../../../syntax/tree.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { trimmed } from "../../selection.ts";
import { isFunction } from "../places.ts";

/** The innermost statement of such a type, in its own function, that is selected whole or has the place before its `bodyOf`. */
export function headAt(
  place: Place,
  types: RegExp,
  bodyOf: (statement: SyntaxNode) => SyntaxNode | undefined,
): SyntaxNode | undefined {
  const { from, to } = trimmed(place);
  const inner = smallestAround(place.source.root, from, from === to ? from + 1 : to);
  const isOver = (it: SyntaxNode) => from <= it.from && it.to <= to;
  return nearest(inner, (it) => {
    const body = types.test(it.type) ? bodyOf(it) : undefined;
    return body !== undefined && (isOver(it) || (it.from <= from && to <= body.from));
  });
}

/** A comment in the head of a statement, or between its parts: it would have no place. */
export function commentBeside(
  whole: SyntaxNode,
  kept: readonly SyntaxNode[],
  id: string,
): Refusal | undefined {
  const found = [...walk(whole, (it) => kept.includes(it))].find(isComment);
  return found && refused(`${id}.comment`, "A comment would have no place.", found);
}

/** A variable's name, or a pattern of such, without a value for what is not there. */
export function isPlainTarget(node: SyntaxNode): boolean {
  return /^(identifier|array_pattern|object_pattern)$/.test(node.type);
}

/** What a function does when it is called: its block, or the value of an arrow function. */
export function bodyOfCallback(statement: SyntaxNode, { text }: Source): SyntaxNode | undefined {
  const call = parts(statement)[0];
  const callee = call?.type === "call_expression" ? inField(call, "function") : undefined;
  const property = callee?.type === "member_expression" ? inField(callee, "property") : undefined;
  const list = call && inField(call, "arguments");
  const [made] = list ? parts(list) : [];
  const isEach = property !== undefined && text.slice(property.from, property.to) === "forEach";
  return isEach && made && isFunction(made) ? inField(made, "body") : undefined;
}
