import type { FoundSymbol } from "./find-symbols.ts";
import type { IndexedFile } from "./indexed-file.ts";
import type { MapWish, RepoMap } from "./repo-map.ts";

/** What is asked about the files of a folder. */
export type IndexQuestion =
  | {
      readonly kind: "symbols";
      readonly name: string;
      readonly most: number;
      /** See `IndexScope.patienceMs`. */
      readonly patienceMs: number | undefined;
    }
  | ({ readonly kind: "map" } & MapWish);

/** What the thread with the index is asked. */
export interface IndexRequest {
  readonly id: number;
  /** Absolute paths of all that counts now. */
  readonly files: readonly string[];
  /** Texts that are in place of what is on the disk. */
  readonly texts: readonly { readonly path: string; readonly text: string }[];
  /** The file in which what is known is kept from run to run. */
  readonly store: string;
  readonly question: IndexQuestion;
}

/** Nobody waits for the answer any more. */
export interface IndexCancel {
  readonly cancel: number;
}

/** Nobody will ask any more: it keeps what is new, and ends. */
export interface IndexEnd {
  readonly end: true;
}

/** What it answers. `left`: files that could not be looked into; `ahead`: those that were not yet. */
export type IndexAnswer =
  | {
      readonly kind: "symbols";
      readonly found: readonly FoundSymbol[];
      readonly total: number;
      readonly left: number;
      readonly ahead: number;
    }
  | ({ readonly kind: "map"; readonly left: number } & RepoMap)
  | { readonly kind: "failed"; readonly reason: string };

/** How far it is, or the answer. */
export type IndexReply =
  | { readonly id: number; readonly done: number; readonly of: number }
  | { readonly id: number; readonly answer: IndexAnswer };

/** What a thread that only parses is asked: some files, or texts in their place. */
export interface ParseRequest {
  readonly parse: readonly {
    readonly path: string;
    readonly size: number;
    readonly modified: number;
    readonly text?: string;
  }[];
}

/** What it answers: all that it came to; `broken`: the file at which the parser broke down, so that it must be replaced. */
export interface ParseReply {
  readonly parsed: readonly IndexedFile[];
  readonly broken?: string;
}
