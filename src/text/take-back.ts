import { changesBetween, type Hunk, linesWithEnds } from "./line-changes.ts";

/**
 * `now` without the change that made `after` of `before`: a three-way merge by lines, with `after` as the common
 * ancestor (as diff3 does, Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", 2007). `undefined` where the
 * two changes meet, or where it is not certain which lines are meant: nothing is searched for, nothing is guessed.
 */
export function takeBack(now: string, before: string, after: string): string | undefined {
  const [nowLines, beforeLines, afterLines] = [
    linesWithEnds(now),
    linesWithEnds(before),
    linesWithEnds(after),
  ];
  const places = placesIn(afterLines, nowLines);
  const hunks = changesBetween(afterLines, beforeLines);
  if (!places || !hunks) return undefined;
  const result: string[] = [];
  let copied = 0;
  for (const hunk of hunks) {
    const at = rangeOf(hunk, places, afterLines, nowLines);
    if (!at) return undefined;
    result.push(...nowLines.slice(copied, at.from), ...beforeLines.slice(hunk.at, hunk.end));
    copied = at.to;
  }
  return [...result, ...nowLines.slice(copied)].join("");
}

/** For each line of the ancestor, where it stands now; -1: nowhere. */
function placesIn(ancestor: readonly string[], now: readonly string[]): readonly number[] | undefined {
  const typed = changesBetween(ancestor, now);
  if (!typed) return undefined;
  const places: number[] = [];
  for (const { from, to, at } of [...typed, { from: ancestor.length, to: ancestor.length, at: now.length }]) {
    const shift = at - from;
    while (places.length < from) places.push(places.length + shift);
    while (places.length < to) places.push(-1);
  }
  return places;
}

/** Where a hunk's lines stand now: whole, between the same neighbours, and as often as before. */
function rangeOf(
  { from, to }: Hunk,
  places: readonly number[],
  ancestor: readonly string[],
  now: readonly string[],
): { from: number; to: number } | undefined {
  const start = from === 0 ? 0 : (places[from - 1] ?? -1) + 1;
  if (from > 0 && start === 0) return undefined;
  const end = start + (to - from);
  for (let index = from; index < to; index++) if (places[index] !== start + (index - from)) return undefined;
  const following = to === ancestor.length ? now.length : (places[to] ?? -1);
  if (following !== end) return undefined;
  const block = ancestor.slice(Math.max(0, from - 1), to + 1);
  // The same lines elsewhere, and fewer or more of them than there were: somebody moved or removed one of the copies.
  return countOf(block, ancestor) === countOf(block, now) ? { from: start, to: end } : undefined;
}

function countOf(block: readonly string[], lines: readonly string[]): number {
  if (block.length === 0) return 0;
  return lines.filter((_, index) => block.every((line, offset) => lines[index + offset] === line)).length;
}
