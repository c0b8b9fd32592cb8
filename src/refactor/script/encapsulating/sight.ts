import type { Binding } from "../../../syntax/bindings.ts";
import { inField, nearest, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { textOf } from "../../names.ts";
import type { Refusal } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { first } from "../../signature/uses.ts";
import { isFunction } from "../places.ts";
import { goesOn } from "./going.ts";
import { seen, type Watch } from "./watch.ts";

/**
 * Why somebody may see which members the objects of a class have by themselves, or go without one that is taken away;
 * `undefined`: all that is done with any of them is to be seen, and it is reading, writing and calling members.
 */
export function outOfSight(
  whole: SyntaxNode,
  { name, isOnlyRead }: Pick<Watch, "name" | "isOnlyRead">,
  place: Place,
  id: string,
): Refusal | undefined {
  const body = inField(whole, "body") ?? whole;
  const givingBack = { own: new Set<string>(), static: new Set<string>() };
  for (;;) {
    const count = givingBack.own.size + givingBack.static.size;
    const watch = { place, id, body, name, isOnlyRead, givingBack, known: new Set() };
    const trouble = followed(whole, watch);
    // What gives an object back is found on the way, and who calls it may have been looked at before.
    if (trouble || count === givingBack.own.size + givingBack.static.size) return trouble;
  }
}

function followed(whole: SyntaxNode, watch: Watch): Refusal | undefined {
  const { place, body } = watch;
  const { source, others = [] } = place;
  const name = inField(whole, "name");
  const binding = name && source.bindings().at(name);
  const made = [...walk(body)].find((it) => it.type === "meta_property");
  if (!binding || made) return seen(made ?? whole, source, watch);
  const own = [...walk(body)].filter((it) => /^(this|super)$/.test(it.type));
  const trouble =
    first(own, (it) => (isOfClass(it, body) ? classUsed(it, source, watch) : goesOn(it, source, watch))) ??
    usesFollowed(binding, source, watch) ??
    strayIn(source, watch);
  if (trouble || !source.rules.isSeenByItsName(binding)) return trouble;
  for (const other of others) {
    const found = source.rules.importedBy(other, source, binding.name, others);
    if ("code" in found) return found;
    const there =
      first(found.bindings, (it) => usesFollowed(it, other, watch)) ??
      (found.bindings.length > 0 ? strayIn(other, watch) : undefined);
    if (there) return there;
  }
  return undefined;
}

/** Whether `this` is the class itself there. */
function isOfClass(node: SyntaxNode, body: SyntaxNode): boolean {
  const member = nearest(node, (it) => it.parent === body);
  const isMade = nearest(node, (it) => it.type === "computed_property_name" || it === member) !== member;
  return (
    isMade ||
    member?.type === "class_static_block" ||
    member?.children.some((it) => it.type === "static") === true
  );
}

function usesFollowed(binding: Binding, source: Source, watch: Watch): Refusal | undefined {
  const uses = binding.references.filter((it) => it.space !== "type" && it.access === "read");
  return first(uses, ({ node }) => classUsed(node, source, watch));
}

/** The class: objects are made of it, and what it gives back may be one. */
function classUsed(node: SyntaxNode, source: Source, watch: Watch): Refusal | undefined {
  const { parent, field } = node;
  if (parent?.type === "new_expression" && field === "constructor") return goesOn(parent, source, watch);
  if (parent?.type !== "member_expression" || field !== "object")
    return node.type === "this" ? seen(node, source, watch) : undefined;
  const member = textOf(inField(parent, "property") ?? parent, source);
  if (/^(prototype|__proto__|constructor|call|apply|bind)$/.test(member)) return seen(parent, source, watch);
  if (!watch.givingBack.static.has(member)) return undefined;
  const isCall = parent.parent?.type === "call_expression" && parent.field === "function";
  return isCall ? goesOn(parent.parent, source, watch) : seen(parent, source, watch);
}

/** A function of its own `this` that an object may come to have, and that does more with it than use members. */
function strayIn(source: Source, watch: Watch): Refusal | undefined {
  const stray = [...walk(source.root, (it) => it.type === "class_body")].find(
    (it) =>
      it.type === "this" &&
      nearest(it, (at) => isFunction(at) && at.type !== "arrow_function") !== undefined &&
      goesOn(it, source, watch) !== undefined,
  );
  return stray && seen(stray, source, watch);
}
