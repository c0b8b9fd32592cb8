import type { Scope } from "../../syntax/bindings.ts";
import { ancestors, contains, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Place, Source } from "../refactoring.ts";
import { functionAround, isRow, selectedExpression, trimmed } from "../selection.ts";

/** What is taken out of a function: an expression, or statements that follow each other. */
export interface Part {
  readonly kind: "expression" | "statements";
  /** The expression alone, or the statements with the comments between them. */
  readonly nodes: readonly SyntaxNode[];
  readonly from: number;
  readonly to: number;
}

/** The statements that are selected whole, or else the expression; `undefined`: neither. */
export function selectedPart(place: Place): Part | undefined {
  const { from, to } = trimmed(place);
  if (from === to) return undefined;
  const nodes = selectedRun(place.source, from, to);
  if (nodes) return { kind: "statements", nodes, from, to: nodes.at(-1)?.to ?? to };
  const node = selectedExpression(place);
  return node && { kind: "expression", nodes: [node], from: node.from, to: node.to };
}

function selectedRun({ root, rules }: Source, from: number, to: number): readonly SyntaxNode[] | undefined {
  const row = [...walk(root, (it) => !(it.from <= from && to <= it.to))].findLast(
    (it) => isRow(it) && it.from <= from && to <= it.to && it.children.some((at) => at.from === from),
  );
  const nodes = row?.children.filter((it) => it.isNamed && it.from < to && it.to > from) ?? [];
  const [first, last] = [nodes[0], nodes.at(-1)];
  // The sign that ends the last statement may be left out.
  const isWhole = first?.from === from && last && (last.to === to || (last.to === to + 1 && !isRow(last)));
  return isWhole && nodes.some((it) => rules.isStatement(it)) ? nodes : undefined;
}

/** Whether a node lies in the part. */
export function isIn(part: Part, node: SyntaxNode): boolean {
  return part.from <= node.from && node.to <= part.to;
}

/** The nodes of the part, functions in it left out: what happens when it runs. */
export function* ownNodes(part: Part, isClosed: (node: SyntaxNode) => boolean): Generator<SyntaxNode> {
  for (const it of part.nodes) yield* walk(it, isClosed);
}

/** The function that the part runs in; `undefined`: the file. */
export function functionOf(part: Part, source: Source): SyntaxNode | undefined {
  const [first] = part.nodes;
  return first && functionAround(first, source);
}

/** The statement at the top of the file that a node of the part lies in. */
export function topOf(node: SyntaxNode | undefined, { root }: Source): SyntaxNode {
  return root.children.find((it) => it.isNamed && node !== undefined && contains(it, node)) ?? root;
}

/** Whether what stands in `container` sees what a scope around it declares. */
export function sees(container: SyntaxNode, { node }: Scope): boolean {
  return node === container || ancestors(container).includes(node);
}

/** The loops of the part's own function that go around it. */
export function loopsAround(part: Part, { rules }: Source): readonly SyntaxNode[] {
  const [first] = part.nodes;
  const around = first ? ancestors(first) : [];
  const end = around.findIndex((it) => rules.isFunction(it));
  return around.slice(0, end === -1 ? around.length : end).filter((it) => LOOP.test(it.type));
}

/** Statements that turn, in any grammar. */
export const LOOP = /^(for|for_each|enhanced_for|while|do)_(in_)?statement$/;
