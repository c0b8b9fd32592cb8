import type { TextChange } from "../text/changes.ts";

/** A stretch of a text: UTF-16 units, and lines and columns from 1 for people; the end is exclusive. */
export interface Spot {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What takes a smell away: a refactoring of ours that is offered at a place, or a change to the text by itself. */
export type Fix =
  | {
      readonly kind: "refactoring";
      readonly id: string;
      /** As it is called there. */
      readonly title: string;
      readonly from: number;
      readonly to: number;
      /** Wherever the same stands. */
      readonly replaceAll?: true;
    }
  | { readonly kind: "edit"; readonly title: string; readonly changes: readonly TextChange[] };

/** Another place that belongs to a finding. */
export interface Related extends Spot {
  /** Absolute. */
  readonly path: string;
  readonly message: string;
}

/** A smell at a place. */
export interface Finding extends Spot {
  /** Id of the smell. */
  readonly smell: string;
  /** Absolute. */
  readonly path: string;
  /** A sentence with the number that was measured and its limit, where there is one. */
  readonly message: string;
  /** What was measured; `undefined` where nothing is counted. */
  readonly value?: number;
  readonly limit?: number;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
  /** It holds only if no other file takes this from the file, as "module.name". */
  readonly unlessTaken?: string;
}

/** How many times its limit a finding is; 1 where nothing is counted. */
export function excessOf({ value, limit }: Pick<Finding, "value" | "limit">): number {
  return value !== undefined && limit ? value / limit : 1;
}

/** Findings by path, then by place, then by smell. */
export function byPlace(a: Finding, b: Finding): number {
  return compared(a.path, b.path) || a.from - b.from || compared(a.smell, b.smell);
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
