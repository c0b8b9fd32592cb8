import { isComment, nearest, parts, type SyntaxNode, smallestAround, walk } from "../../../syntax/tree.ts";
import type { Place } from "../../refactoring.ts";
import { trimmed } from "../../selection.ts";

/** A type where it is written, and what of it a name takes the place of: with the parentheses around it. */
export interface WrittenType {
  readonly node: SyntaxNode;
  readonly whole: SyntaxNode;
}

const TYPE =
  /^(object|array|tuple|union|intersection|function|constructor|conditional|lookup|generic|literal|template_literal|predefined|parenthesized|readonly)_type$|^(type_identifier|nested_type_identifier|index_type_query|type_query)$/;

/** What types are written in, beside other types. */
const HOLDER =
  /^(type_annotation|(opting|omitting|adding)_type_annotation|type_arguments|as_expression|satisfies_expression|type_assertion|type_alias_declaration|constraint|default_type|type_predicate|rest_type|optional_type|template_type)$/;

/** Whether a node is a whole type that another one could stand for. */
export function isWrittenType({ type, field, parent }: SyntaxNode): boolean {
  if (!TYPE.test(type) || !parent || field === "name" || field === "index_type") return false;
  return HOLDER.test(parent.type) || TYPE.test(parent.type) || field === "return_type";
}

/** The type that is selected whole; at a cursor the innermost type literal around it. */
export function typeAt(place: Place): WrittenType | undefined {
  const { root } = place.source;
  const { from, to } = trimmed(place);
  const isLiteral = (it: SyntaxNode) => it.type === "object_type";
  const node =
    from === to
      ? [from, from - 1].flatMap((at) => nearest(smallestAround(root, at, at + 1), isLiteral) ?? [])[0]
      : outermost(smallestAround(root, from, to), from, to);
  return node && isWrittenType(node) ? { ...unwrapped(node), whole: wrapped(node) } : undefined;
}

function outermost(inner: SyntaxNode, from: number, to: number): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  for (let at: SyntaxNode | undefined = inner; at?.from === from && at.to === to; at = at.parent)
    if (isWrittenType(at)) found = at;
  return found;
}

function unwrapped(node: SyntaxNode): { readonly node: SyntaxNode } {
  const [only] = parts(node);
  const isWrapped = node.type === "parenthesized_type" && only && !node.children.some(isComment);
  return isWrapped ? unwrapped(only) : { node };
}

/** A name needs no parentheses. */
export function wrapped(node: SyntaxNode): SyntaxNode {
  const { parent } = node;
  return parent?.type === "parenthesized_type" && !parent.children.some(isComment) ? wrapped(parent) : node;
}

/**
 * Whether the grammar may take other types together than the language does: it reads `readonly a[] | b` as
 * `readonly (a[] | b)` and `new () => a | b` as `(new () => a) | b`. A type that is one word, or in brackets, is certain.
 */
export function isMisgrouped(node: SyntaxNode): boolean {
  if (!LOOSE.test(node.type)) return false;
  let top = node;
  while (top.parent && LOOSE.test(top.parent.type)) top = top.parent;
  const isClosed = (it: SyntaxNode) => it !== top && it.isNamed && !LOOSE.test(it.type);
  return top !== node && [...walk(top, isClosed)].some((it) => /^(readonly|constructor)_type$/.test(it.type));
}

const LOOSE =
  /^((union|intersection|conditional|readonly|constructor|function|lookup)_type|index_type_query)$/;
