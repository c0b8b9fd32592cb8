import { inField, nearest, type SyntaxNode, smallestAround } from "../../syntax/tree.ts";
import type { Place } from "../refactoring.ts";
import { trimmed } from "../selection.ts";

/** A part of a text: signs as they are written in it, or an expression whose value comes there. */
export type Piece =
  | { readonly kind: "signs"; readonly raw: string }
  | { readonly kind: "value"; readonly node: SyntaxNode; readonly text: string };

/** The operands of `a + b + c`, from left to right; the left side's are its own, without parentheses. */
export function summands(node: SyntaxNode, type: string): readonly SyntaxNode[] {
  const [left, right] = [inField(node, "left"), inField(node, "right")];
  if (!isSum(node, type) || !left || !right) return [node];
  return [...summands(left, type), right];
}

/** Whether it is `a + b`; `type`: what the grammar calls such. */
export function isSum(node: SyntaxNode, type: string): boolean {
  return node.type === type && inField(node, "operator")?.type === "+";
}

/** The whole sum that the place lies in, of those around it the innermost; `undefined`: in none. */
export function sumAt(place: Place, type: string): SyntaxNode | undefined {
  const { from, to } = trimmed(place);
  const inner = smallestAround(place.source.root, from, from === to ? from + 1 : to);
  let found = nearest(inner, (it) => isSum(it, type) || place.source.rules.isStatement(it));
  if (!found || !isSum(found, type)) return undefined;
  while (found.parent && isSum(found.parent, type) && found.field === "left") found = found.parent;
  return found;
}

/** The pieces with those of signs beside each other as one; empty ones are left out. */
export function merged(pieces: readonly Piece[]): readonly Piece[] {
  const made: Piece[] = [];
  for (const it of pieces) {
    const last = made.at(-1);
    if (it.kind === "signs" && it.raw === "") continue;
    if (it.kind === "signs" && last?.kind === "signs")
      made[made.length - 1] = { kind: "signs", raw: last.raw + it.raw };
    else made.push(it);
  }
  return made;
}

/** Signs with `change` made of each that no backslash stands before; an escape is handed over whole. */
export function eachSign(raw: string, change: (sign: string, rest: string) => string): string {
  let made = "";
  for (let at = 0; at < raw.length; ) {
    const sign = raw.charAt(at) === "\\" ? raw.slice(at, at + 2) : raw.charAt(at);
    made += change(sign, raw.slice(at + sign.length));
    at += sign.length;
  }
  return made;
}
