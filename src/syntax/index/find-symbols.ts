import type { SymbolEntry } from "../../world.ts";
import { type IndexedFile, symbolAt } from "./indexed-file.ts";

/** A declaration in a file. */
export interface FoundSymbol extends SymbolEntry {
  /** Absolute. */
  readonly path: string;
}

interface Ranked {
  readonly file: IndexedFile;
  readonly at: number;
  readonly rank: number;
  readonly name: string;
}

/**
 * Declarations whose names fit what was typed, the best first: the very name, then that in other letters, names that
 * begin so, names with a part that begins so (`openRouter`, `open_router` by "router"), and names that hold it.
 */
export function findSymbols(
  files: readonly IndexedFile[],
  typed: string,
  most: number,
): { readonly found: readonly FoundSymbol[]; readonly total: number } {
  const small = typed.toLowerCase();
  const all: Ranked[] = [];
  for (const file of files)
    for (const [at, name] of file.names.entries()) {
      const rank = rankOf(name, typed, small);
      if (rank !== undefined) all.push({ file, at, rank, name });
    }
  all.sort((a, b) => a.rank - b.rank || a.name.length - b.name.length || compare(a.file.path, b.file.path));
  const found = all.slice(0, most).map(({ file, at }) => ({ ...symbolAt(file, at), path: file.path }));
  return { found, total: all.length };
}

function rankOf(name: string, typed: string, small: string): number | undefined {
  if (name === typed) return 0;
  const other = name.toLowerCase();
  const at = other.indexOf(small);
  if (at === -1) return undefined;
  if (other === small) return 1;
  if (at === 0) return 2;
  return isPart(name, small) ? 3 : 4;
}

/** Whether a part of a name in mixed letters begins with what was typed in small ones. */
function isPart(name: string, small: string): boolean {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[\s_$.:]+/)
    .some((it) => it.toLowerCase().startsWith(small));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
