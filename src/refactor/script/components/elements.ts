import { inField, isComment, parts, type SyntaxNode, smallestAround, walk } from "../../../syntax/tree.ts";
import { type Part, selectedPart } from "../../extraction/part.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { trimmed } from "../../selection.ts";

/** The refactoring, as its refusals begin. */
export const ID = "extract-component";

const ELEMENT = /^jsx_(element|self_closing_element)$/;

/** Whether the node is an element, or several without one around them. */
export function isElement({ type }: SyntaxNode): boolean {
  return ELEMENT.test(type);
}

/** The one element that is selected, or several children of one. */
export function selectedElements(place: Place): Part | undefined {
  const part = selectedPart(place);
  const [only] = part?.kind === "expression" ? part.nodes : [];
  const inner = only && unwrapped(only);
  if (inner && isElement(inner))
    return { kind: "expression", nodes: [inner], from: inner.from, to: inner.to };
  const { from, to } = trimmed(place);
  if (from === to) return undefined;
  const around = smallestAround(place.source.root, from, to);
  const nodes = around.children.filter((it) => from <= it.from && it.to <= to);
  const isWhole = nodes[0]?.from === from && nodes.at(-1)?.to === to && nodes.some(isElement);
  const areChildren =
    around.type === "jsx_element" && nodes.every((it) => /^(jsx_(?!opening|closing)|html_)/.test(it.type));
  return isWhole && areChildren ? { kind: "expression", nodes, from, to } : undefined;
}

/** What stands in parentheses without a comment. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  const [only] = node.type === "parenthesized_expression" ? parts(node) : [];
  return only && !node.children.some(isComment) ? unwrapped(only) : node;
}

/** The opening tag, or the one that closes itself. */
function tagOf(element: SyntaxNode): SyntaxNode {
  return inField(element, "open_tag") ?? element;
}

/** An element's name as it is written; "" where it has none. */
export function nameOf(element: SyntaxNode, source: Source): string {
  const name = inField(tagOf(element), "name");
  return name ? textOf(name, source) : "";
}

/** Whether the page's own elements, and those without a name, are meant: they do not look at their children. */
export function isPlainTag(name: string): boolean {
  return /^([a-z][\w-]*(:[\w-]+)?|(React\.)?(Fragment|Suspense|StrictMode|Profiler))?$/.test(name);
}

/** The attribute of that name; `undefined`: there is none. */
export function attributeOf(element: SyntaxNode, name: string, source: Source): SyntaxNode | undefined {
  return parts(tagOf(element)).find(
    (it) => it.type === "jsx_attribute" && textOf(parts(it)[0] ?? it, source) === name,
  );
}

/** What elements cannot take along into a component of their own; `undefined`: nothing. */
export function boundIn(part: Part, source: Source): Refusal | undefined {
  const all = part.nodes.flatMap((it) => [...walk(it)]);
  const hook = all.find((it) => it.type === "call_expression" && isHook(inField(it, "function"), source));
  if (hook) return refused(`${ID}.hook`, "A hook belongs to the component that calls it.", hook);
  const label = all.find(
    (it) =>
      it.type === "jsx_attribute" &&
      textOf(parts(it)[0] ?? it, source) === "ref" &&
      parts(it)[1]?.type === "string",
  );
  if (label)
    return refused(`${ID}.ref`, "A reference by a text belongs to the component that it stands in.", label);
  const [root] = part.nodes;
  const spread =
    part.nodes.length === 1 && root
      ? parts(tagOf(root)).find(
          (it) => it.type === "jsx_expression" && parts(it)[0]?.type === "spread_element",
        )
      : undefined;
  return spread && refused(`${ID}.spread`, "It may have a key among what is spread in it.", spread);
}

function isHook(callee: SyntaxNode | undefined, source: Source): boolean {
  const name = callee && (inField(callee, "property") ?? callee);
  return name !== undefined && /^use(\p{Lu}|$)/u.test(textOf(name, source));
}
