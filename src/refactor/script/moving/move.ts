import type { Binding, Reference } from "../../../syntax/bindings.ts";
import type { SyntaxNode } from "../../../syntax/tree.ts";
import type { Source } from "../../refactoring.ts";

/** A move that is being planned. */
export interface Move {
  readonly source: Source;
  /** Absolute path of the file that it goes to. */
  readonly to: string;
  /** That file, if it is there. */
  readonly target: Source | undefined;
  /** All files that are known, `source` first. */
  readonly all: readonly Source[];
  readonly statements: readonly SyntaxNode[];
  /** What the statements declare. */
  readonly bindings: readonly Binding[];
}

/** Whether a node of the old file is moved. */
export function isMoved(
  { from, to }: { readonly from: number; readonly to: number },
  { statements }: Move,
): boolean {
  return statements.some((it) => it.from <= from && to <= it.to);
}

/** Uses of the moved names by what stays in the old file. */
export function usesLeft(binding: Binding, move: Move): readonly Reference[] {
  return binding.references.filter((it) => !isMoved(it.node, move));
}

/** The moved statement in which a node lies. */
export function statementOf(node: SyntaxNode, { statements }: Move): SyntaxNode | undefined {
  return statements.find((it) => it.from <= node.from && node.to <= it.to);
}
