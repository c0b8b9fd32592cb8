import { linesOf } from "../text/lines.ts";

/** A stretch of a text in UTF-16 units; equal ends: a cursor. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * What "LINE:COL" or "LINE:COL-LINE:COL" names in a text: lines and columns from 1, columns in UTF-16 units, the end
 * exclusive. Otherwise a sentence saying what is wrong.
 */
export function selectionIn(text: string, selection: string): Stretch | string {
  const numbers = /^(\d+):(\d+)(?:-(\d+):(\d+))?$/.exec(selection)?.slice(1);
  if (!numbers)
    return `A selection is LINE:COL or LINE:COL-LINE:COL, counted from 1, such as 12:5-12:20; "${selection}" is none.`;
  const [line = 0, column = 0, endLine = line, endColumn = column] = numbers.map((it) =>
    it === undefined ? undefined : Number(it),
  );
  const from = offsetOf(text, line, column);
  if (typeof from === "string") return from;
  const to = offsetOf(text, endLine, endColumn);
  if (typeof to === "string") return to;
  return from <= to ? { from, to } : `The selection ${selection} ends before it begins.`;
}

function offsetOf(text: string, line: number, column: number): number | string {
  const lines = linesOf(text);
  const found = lines[line - 1];
  if (!found) return `There is no line ${line}: the file has ${lines.length}.`;
  const { from, to } = found;
  if (column >= 1 && from + column - 1 <= to) return from + column - 1;
  return `There is no column ${column} in line ${line}: they go from 1 to ${to - from + 1}.`;
}
