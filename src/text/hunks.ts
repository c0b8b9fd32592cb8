import { changesBetween, type Hunk, linesWithEnds } from "./line-changes.ts";
import { takeBack } from "./take-back.ts";

/** Where lines stand, end exclusive, from 0. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** The places where `before` became `after`, in order and never touching each other; one for all when they differ too much. */
export function hunksBetween(before: string, after: string): readonly Hunk[] {
  const [old, young] = [linesWithEnds(before), linesWithEnds(after)];
  return changesBetween(old, young) ?? [{ from: 0, to: old.length, at: 0, end: young.length }];
}

/** `before` with this one of its hunks made. */
export function withHunk(before: string, after: string, { from, to, at, end }: Hunk): string {
  const [old, young] = [linesWithEnds(before), linesWithEnds(after)];
  return [...old.slice(0, from), ...young.slice(at, end), ...old.slice(to)].join("");
}

/** `after` with this one of its hunks taken back. */
export function withoutHunk(before: string, after: string, { from, to, at, end }: Hunk): string {
  const [old, young] = [linesWithEnds(before), linesWithEnds(after)];
  return [...young.slice(0, at), ...old.slice(from, to), ...young.slice(end)].join("");
}

/**
 * `now`, which somebody has typed into since it was `after`, without this hunk; everything else of it stays.
 * `undefined` when they typed into the hunk itself: nothing is searched for, nothing is guessed.
 */
export function undoneIn(now: string, before: string, after: string, hunk: Hunk): string | undefined {
  const rest = withoutHunk(before, after, hunk);
  if (now === after) return rest;
  const back = takeBack(now, rest, after);
  if (back !== undefined) return back;
  // They typed right beside it. Its own lines are still certain when they stand there once and in one piece.
  const [young, lines] = [linesWithEnds(after), linesWithEnds(now)];
  const own = young.slice(hunk.at, hunk.end);
  const places = placesOf(own, lines);
  const [place] = places;
  if (place === undefined || places.length > 1 || placesOf(own, young).length > 1) return undefined;
  const old = linesWithEnds(before).slice(hunk.from, hunk.to);
  return [...lines.slice(0, place), ...old, ...lines.slice(place + own.length)].join("");
}

/** Whether `now` is what somebody typed after this hunk was already taken back. */
export function isUndoneIn(now: string, before: string, after: string, hunk: Hunk): boolean {
  const rest = withoutHunk(before, after, hunk);
  return now === rest || takeBack(now, after, rest) !== undefined;
}

/** Where the lines of each hunk stand in `now`; `undefined` for one that was typed into. */
export function hunkPlaces(
  now: string,
  after: string,
  hunks: readonly Hunk[],
): readonly (LineRange | undefined)[] {
  const typed = now === after ? [] : hunksBetween(after, now);
  return hunks.map(({ at, end }) => {
    if (typed.some((it) => it.from < end && it.to > at)) return undefined;
    // What was typed just where a hunk removed all its lines stands behind it.
    const above = typed.filter((it) => it.to <= at && (it.from < at || at < end));
    const shift = above.reduce((sum, it) => sum + (it.end - it.at) - (it.to - it.from), 0);
    return { from: at + shift, to: end + shift };
  });
}

/** Offsets at which `block` stands in `lines`; none for an empty block. */
function placesOf(block: readonly string[], lines: readonly string[]): readonly number[] {
  if (block.length === 0) return [];
  return lines.flatMap((_, index) =>
    block.every((line, offset) => lines[index + offset] === line) ? [index] : [],
  );
}
