import { diffArrays } from "diff";

/** One place where a text was changed: lines `from` to `to` (end exclusive, from 0) became lines `at` to `end` of the new text. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly at: number;
  readonly end: number;
}

/** Beyond this many differing lines nothing is compared: the cost grows with the square. */
const MAX_EDITS = 2_000;

/** The lines of a text with their endings. */
export function linesWithEnds(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The places where `old` became `young`, in order and never touching each other; `undefined` when they differ too much. */
export function changesBetween(
  old: readonly string[],
  young: readonly string[],
): readonly Hunk[] | undefined {
  const parts = diffArrays([...old], [...young], { maxEditLength: MAX_EDITS });
  if (!parts) return undefined;
  const hunks: Hunk[] = [];
  let [from, at] = [0, 0];
  for (const { added, removed, value } of parts) {
    const to = added ? from : from + value.length;
    const end = removed ? at : at + value.length;
    const last = hunks.at(-1);
    if (last && last.to === from && last.end === at && (added || removed))
      hunks[hunks.length - 1] = { ...last, to, end };
    else if (added || removed) hunks.push({ from, to, at, end });
    [from, at] = [to, end];
  }
  return hunks;
}
