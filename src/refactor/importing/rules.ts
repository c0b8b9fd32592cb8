import type { SyntaxNode } from "../../syntax/tree.ts";
import type { Source } from "../refactoring.ts";

/** What a language knows of the order of imports. */
export interface ImportRules {
  /** The statements at the top of the file that import, in order. */
  readonly imports: (source: Source) => readonly Import[];
  /** Whether groups stand apart by an empty line, wherever the file has such. */
  readonly isGrouped: boolean;
}

/** A statement that imports. */
export interface Import {
  readonly statement: SyntaxNode;
  /** Groups stand in this order, and in each what stands first by `key`. */
  readonly group: number;
  readonly key: string;
  /** Whether nothing changes places with it: it is there for what it does. */
  readonly isBarrier: boolean;
  /** Whether it certainly does not matter when it is evaluated. */
  readonly isCertain: boolean;
  /** Names that it declares, as texts; `a.` for a package of which it declares modules. */
  readonly declares: readonly string[];
  /** What it imports by name, if in which order does certainly not matter. */
  readonly names: readonly ImportedName[];
  /** Whether the order of its names certainly does not matter. */
  readonly isCertainWithin: boolean;
}

/** A name in a list, and by what it is put in order. */
export interface ImportedName {
  readonly node: SyntaxNode;
  readonly key: string;
}
