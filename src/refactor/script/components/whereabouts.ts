import { contains, inField, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import type { Part } from "../../extraction/part.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Source } from "../../refactoring.ts";
import { functionAround } from "../../selection.ts";
import { first } from "../../signature/uses.ts";
import { isFunction } from "../places.ts";
import { ID, isComponent, isElement, isPlain, nameOf, unwrapped } from "./elements.ts";

/**
 * Why somebody may look at the elements of the part, or take them for the same as others that come in their place;
 * `undefined`: they are only shown.
 */
export function notJustShown(part: Part, source: Source): Refusal | undefined {
  const [begin] = part.nodes;
  if (!begin) return undefined;
  const tag = part.nodes.length === 1 ? nameOf(begin, source) : "";
  let at = begin;
  for (;;) {
    const { parent } = at;
    if (!parent) return looked(at);
    if (isElement(parent)) return isPlain(parent, source) ? keptWithin(parent, part, source) : looked(at);
    const other = otherOf(at, parent);
    if (other) {
      const same = sameAs(tag, other, source);
      if (same) return same;
    }
    if (PASSING.test(parent.type) || isChosen(at, parent)) {
      at = parent;
      continue;
    }
    const made = /^return_statement$/.test(parent.type) ? functionAround(parent, source) : parent;
    if (!made || !isFunction(made) || (made === parent && at.field !== "body")) return looked(at);
    const same = otherReturns(made, parent, tag, source);
    if (same) return same;
    const call = mappingOf(made, source);
    if (!call) return isComponent(made, source) ? calledIn(made, source) : looked(at);
    at = call;
  }
}

/** Why somebody else than React may have what a component gives back: the file calls it. */
function calledIn(made: SyntaxNode, source: Source): Refusal | undefined {
  const holder = made.parent?.type === "variable_declarator" ? made.parent : made;
  const name = inField(holder, "name");
  const uses = (name && source.bindings().at(name)?.references) ?? [];
  const call = uses.find(({ node }) => node.field === "function" && node.parent?.type === "call_expression");
  return call && looked(call.node);
}

/**
 * Elements that stand in other ones of one kind are taken for the same, too: why one of the part's kind may stand so in what
 * comes in the place of an element around it.
 */
function keptWithin(around: SyntaxNode, part: Part, source: Source): Refusal | undefined {
  let top = around;
  for (let at = around; at.parent; at = at.parent) {
    const { parent } = at;
    if (isElement(parent)) top = parent;
    const made = isFunction(parent) ? parent : undefined;
    const others = made ? returnsOf(made, around) : [otherOf(at, parent)];
    const other = others.find((it) => it && isLike(it, top, part, source));
    if (other) return same(other);
    if (made && !mappingOf(made, source)) return undefined;
  }
  return undefined;
}

/** Whether it may be an element of the kind of `top` with one of the part's kind in it; several in one move those behind them. */
function isLike(other: SyntaxNode, top: SyntaxNode, { nodes }: Part, source: Source): boolean {
  const isAlike = tagsOf(other, source)?.includes(nameOf(top, source)) ?? true;
  const inside = [...walk(other)].filter(isElement);
  const tag = nodes.length === 1 && nodes[0] ? nameOf(nodes[0], source) : undefined;
  return isAlike && inside.some((it) => tag === undefined || nameOf(it, source) === tag);
}

const PASSING = /^(parenthesized_expression|jsx_expression)$/;

/** Whether the value of the parent is that of the node or nothing to be shown. */
function isChosen({ field }: SyntaxNode, parent: SyntaxNode): boolean {
  if (parent.type === "ternary_expression") return field !== "condition";
  return (
    parent.type === "binary_expression" && field === "right" && inField(parent, "operator")?.type === "&&"
  );
}

function looked(node: SyntaxNode): Refusal {
  return refused(`${ID}.place`, "What is done with the element there, but to show it, is not certain.", node);
}

/** What may come in the place of a branch. */
function otherOf(at: SyntaxNode, parent: SyntaxNode): SyntaxNode | undefined {
  if (parent.type !== "ternary_expression") return undefined;
  return at.field === "consequence" ? inField(parent, "alternative") : inField(parent, "consequence");
}

/** Elements of one kind in one place are one to React, with their state (React, "Preserving and Resetting State"). */
function sameAs(tag: string, other: SyntaxNode, source: Source): Refusal | undefined {
  const found = tagsOf(other, source);
  return found && !found.includes(tag) ? undefined : same(other);
}

function same(other: SyntaxNode): Refusal {
  return refused(
    `${ID}.same`,
    "Another element of its kind may come in its place, and is the same one then, with its state.",
    other,
  );
}

/** The names of the elements that an expression may be; `undefined`: that is not certain. */
function tagsOf(node: SyntaxNode, source: Source): readonly string[] | undefined {
  const inner = unwrapped(node);
  if (isElement(inner)) return [nameOf(inner, source)];
  if (/^(null|undefined|false|true|string|number|template_string)$/.test(inner.type)) return [];
  const both =
    inner.type === "ternary_expression"
      ? [inField(inner, "consequence"), inField(inner, "alternative")]
      : inner.type === "binary_expression" && inField(inner, "operator")?.type === "&&"
        ? [inField(inner, "right")]
        : undefined;
  const all = both?.map((it) => it && tagsOf(it, source));
  return all?.every((it) => it !== undefined) ? all.flatMap((it) => it ?? []) : undefined;
}

function otherReturns(made: SyntaxNode, own: SyntaxNode, tag: string, source: Source): Refusal | undefined {
  return first(returnsOf(made, own), (it) => sameAs(tag, it, source));
}

/** What a function gives back elsewhere than in a node. */
function returnsOf(made: SyntaxNode, own: SyntaxNode): readonly SyntaxNode[] {
  return [...walk(made, (it) => it !== made && isFunction(it))]
    .filter((it) => it.type === "return_statement")
    .flatMap(parts)
    .filter((it) => !contains(it, own) && !contains(own, it));
}

/** `all.map(…)`, for the function in it. */
function mappingOf(made: SyntaxNode, source: Source): SyntaxNode | undefined {
  const call = made.parent?.type === "arguments" ? made.parent.parent : undefined;
  const callee = call?.type === "call_expression" ? inField(call, "function") : undefined;
  const name = callee?.type === "member_expression" ? inField(callee, "property") : undefined;
  return name && textOf(name, source) === "map" ? call : undefined;
}
