import { inField, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import type { Part } from "../../extraction/part.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Source } from "../../refactoring.ts";
import { functionAround } from "../../selection.ts";
import { isFunction } from "../places.ts";
import { ID, isComponent, isElement, isPlain, nameOf, unwrapped } from "./elements.ts";

/**
 * Why somebody may look at the elements of the part, or take them for the same as others that come in their place;
 * `undefined`: they are only shown.
 */
export function notJustShown(part: Part, source: Source): Refusal | undefined {
  const [first] = part.nodes;
  if (!first) return undefined;
  const tag = part.nodes.length === 1 ? nameOf(first, source) : "";
  let at = first;
  for (;;) {
    const { parent } = at;
    if (!parent) return looked(at);
    if (isElement(parent)) return isPlain(parent, source) ? undefined : looked(at);
    const other = otherOf(at, parent, source);
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
    if (!call) return isComponent(made, source) ? undefined : looked(at);
    at = call;
  }
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
function otherOf(at: SyntaxNode, parent: SyntaxNode, _source: Source): SyntaxNode | undefined {
  if (parent.type !== "ternary_expression") return undefined;
  return at.field === "consequence" ? inField(parent, "alternative") : inField(parent, "consequence");
}

/** Elements of one kind in one place are one to React, with their state (React, "Preserving and Resetting State"). */
function sameAs(tag: string, other: SyntaxNode, source: Source): Refusal | undefined {
  const found = tagsOf(other, source);
  if (found && !found.includes(tag)) return undefined;
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
  for (const it of walk(made, (at) => at !== made && isFunction(at))) {
    if (it.type !== "return_statement" || it === own) continue;
    const [value] = parts(it);
    const same = value && sameAs(tag, value, source);
    if (same) return same;
  }
  return undefined;
}

/** `all.map(…)`, for the function in it. */
function mappingOf(made: SyntaxNode, source: Source): SyntaxNode | undefined {
  const call = made.parent?.type === "arguments" ? made.parent.parent : undefined;
  const callee = call?.type === "call_expression" ? inField(call, "function") : undefined;
  const name = callee?.type === "member_expression" ? inField(callee, "property") : undefined;
  return name && textOf(name, source) === "map" ? call : undefined;
}
