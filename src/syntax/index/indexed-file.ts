import type { SymbolEntry } from "../../world.ts";
import { wordHashes } from "./words.ts";

/** What is remembered of a source file, as columns: hundreds of thousands of small objects would be ten times as large. */
export interface IndexedFile {
  /** Absolute. */
  readonly path: string;
  /** Bytes and milliseconds since 1970, by which a change is noticed. */
  readonly size: number;
  readonly modified: number;
  readonly names: readonly string[];
  readonly kinds: readonly string[];
  /** Of each name: first line, last line (from 1), depth. */
  readonly places: Uint32Array;
  /** See `wordHashes`. */
  readonly words: Uint32Array;
}

/** What is remembered of a text with these declarations. */
export function indexedFile(
  file: Pick<IndexedFile, "path" | "size" | "modified">,
  text: string,
  symbols: readonly SymbolEntry[],
): IndexedFile {
  const { path, size, modified } = file;
  return {
    path,
    size,
    modified,
    names: symbols.map((it) => it.name),
    kinds: symbols.map((it) => it.kind),
    places: Uint32Array.from(symbols.flatMap((it) => [it.line, it.endLine, it.depth])),
    words: wordHashes(text),
  };
}

/** The declaration with that number. */
export function symbolAt({ names, kinds, places }: IndexedFile, at: number): SymbolEntry {
  return {
    name: names[at] ?? "",
    kind: kinds[at] ?? "",
    line: places[at * 3] ?? 0,
    endLine: places[at * 3 + 1] ?? 0,
    depth: places[at * 3 + 2] ?? 0,
  };
}
