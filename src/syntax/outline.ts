import type { Parser, Query, QueryMatch } from "web-tree-sitter";
import type { SymbolEntry } from "../world.ts";

/** Declarations of a text in the order in which they stand; `damaged`: it has syntax errors. */
export interface Declarations {
  readonly symbols: readonly SymbolEntry[];
  readonly damaged: boolean;
}

/** Most declarations answered of one text. */
const MAX_SYMBOLS = 5_000;
const MAX_NAME = 200;

/** Parses `text` with a parser whose language is set and finds what `query` names; `undefined` when time ran out. */
export function declarationsOf(
  parser: Parser,
  query: Query,
  text: string,
  isLate: () => boolean,
): Declarations | undefined {
  const tree = parser.parse(text, null, { progressCallback: isLate });
  if (!tree) {
    parser.reset();
    return undefined;
  }
  try {
    const matches = query.matches(tree.rootNode, { progressCallback: isLate });
    if (isLate()) return undefined;
    return { symbols: nested(matches.flatMap(found)), damaged: tree.rootNode.hasError };
  } finally {
    // Trees live outside of the garbage collector's reach.
    tree.delete();
  }
}

interface Found {
  readonly pattern: number;
  readonly name: string;
  readonly nameAt: number;
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly endLine: number;
}

function found(match: QueryMatch): readonly Found[] {
  const name = match.captures.find((it) => it.name === "name")?.node;
  const whole = match.captures.find((it) => it.name !== "name");
  if (!name || !whole) return [];
  const { node } = whole;
  const { row: lastRow, column: lastColumn } = node.endPosition;
  const line = node.startPosition.row + 1;
  // A node that takes in its line's end stops at the beginning of the next line.
  const endLine = Math.max(line, lastColumn === 0 ? lastRow : lastRow + 1);
  const shown = name.text.replace(/\s+/g, " ").slice(0, MAX_NAME);
  const place = { nameAt: name.startIndex, from: node.startIndex, to: node.endIndex, line, endLine };
  return [{ pattern: match.patternIndex, name: shown, kind: whole.name, ...place }];
}

/** One entry for each name, outer before inner, with the depth at which it is nested in others. */
function nested(all: readonly Found[]): readonly SymbolEntry[] {
  const byPlace = all.toSorted((a, b) => a.nameAt - b.nameAt || a.pattern - b.pattern);
  const once = byPlace.filter((it, index) => it.nameAt !== byPlace[index - 1]?.nameAt);
  const open: Found[] = [];
  return once
    .toSorted((a, b) => a.from - b.from || b.to - a.to)
    .slice(0, MAX_SYMBOLS)
    .map((it) => {
      while (open.length > 0 && (open.at(-1)?.to ?? 0) < it.to) open.pop();
      const { name, kind, line, endLine } = it;
      const depth = open.length;
      open.push(it);
      return { name, kind, line, endLine, depth };
    });
}
