import { nearest, smallestAround } from "../../syntax/tree.ts";
import type { Place } from "../refactoring.ts";
import { trimmed } from "../selection.ts";
import type { Branching } from "./rules.ts";

/** The `if` that is meant: the one that is selected, or in whose head, or at whose `else`, the cursor or the selection lies. */
export function branchingAt(place: Place): Branching | undefined {
  const { source } = place;
  const rules = source.rules.branching;
  const { from, to } = trimmed(place);
  if (!rules) return undefined;
  const inner = smallestAround(source.root, from, to === from ? from + 1 : to);
  const found = nearest(inner, (it) => rules.branching(it, source) !== undefined);
  const made = found && rules.branching(found, source);
  if (!made) return undefined;
  const { node, first, second } = made;
  const isWhole = from <= node.from && node.to <= to;
  const isInHead = to <= first.from;
  const isBetween = second !== undefined && first.to < from && to <= second.from;
  return isWhole || isInHead || isBetween ? made : undefined;
}
