import type { SymbolEntry } from "../../world.ts";

/** The files about which an index is asked. */
export interface IndexScope {
  /** Absolute paths of all files that count now. */
  readonly files: readonly string[];
  /** The folder that they are of: what is known is kept by it. */
  readonly folder: string;
  /** Texts in place of what is on the disk. */
  readonly texts: readonly { readonly path: string; readonly text: string }[];
  /** Files that have been looked into, of those that have changed. */
  readonly onProgress: (done: number, of: number) => void;
  /**
   * After so many milliseconds an answer about a name may come before all files have been looked into, if it has that
   * very name; absent: only a whole one will do.
   */
  readonly patienceMs?: number;
}

/** Declarations that an index found; `left`: files that could not be looked into; `ahead`: those that will be, in the background. */
export type IndexFound =
  | {
      readonly kind: "symbols";
      readonly found: readonly (SymbolEntry & { readonly path: string })[];
      /** How many there are in all. */
      readonly total: number;
      readonly left: number;
      readonly ahead: number;
    }
  | { readonly kind: "failed"; readonly reason: string };

/** A map of what the rest of a repository builds on most. */
export type IndexMap =
  | {
      readonly kind: "map";
      readonly files: readonly { readonly path: string; readonly symbols: readonly SymbolEntry[] }[];
      readonly all: { readonly files: number; readonly symbols: number };
      readonly left: number;
    }
  | { readonly kind: "failed"; readonly reason: string };

/** Declarations of many files, remembered and followed as they change. Both reject with the signal's reason only. */
export interface SourceIndex {
  /** Those whose names fit what was typed, the best first. */
  symbols(scope: IndexScope, name: string, most: number, signal: AbortSignal): Promise<IndexFound>;
  /** Those on which most builds; `focus`: absolute paths of files that matter most; `tokens`: about so long. */
  map(
    scope: IndexScope,
    wish: { readonly focus: readonly string[]; readonly tokens: number },
    signal: AbortSignal,
  ): Promise<IndexMap>;
}
