import { reindenter } from "./indent.ts";
import {
  endingOf,
  type Line,
  lineOf,
  linesOf,
  withEnding,
  withoutBlanks,
  withoutTrailingBlanks,
} from "./lines.ts";
import { splitsPair } from "./minimal.ts";
import { type Nearest, nearestRegions } from "./nearest.ts";

/** How a place was found: as written, but for line endings and trailing blanks, or but for indentation. */
export type How = "exact" | "blanks" | "indent";

/** A place that `old` names. */
export interface Place {
  readonly from: number;
  readonly to: number;
  /** What has to stand there for `text` to be the replacement: the file's line endings, and its indentation. */
  readonly replacement: (text: string) => string;
}

/** Where an edit's old text stands. */
export type Match =
  | ({ readonly kind: "found"; readonly how: How } & Place)
  /** Lines, from 1, at which it stands. */
  | { readonly kind: "several"; readonly lines: readonly number[] }
  | { readonly kind: "none"; readonly nearest: readonly Nearest[] };

/**
 * The one place in `text` that `old` names, by the first rung of the ladder that knows any: exact; but for line
 * endings and trailing blanks; re-indented. Never a guess between several places.
 */
export function findMatch(text: string, old: string): Match {
  const { how, places } = findPlaces(text, old);
  const [only, second] = places;
  if (only && !second) return { kind: "found", how, ...only };
  const lines = linesOf(text);
  if (only) return { kind: "several", lines: places.map((it) => lineOf(lines, it.from) + 1) };
  return { kind: "none", nearest: nearestRegions(text, old) };
}

/** Every place that `old` names, in order, overlapping ones too (in long runs of equal lines not all of them), by the first rung that knows any. */
export function findPlaces(
  text: string,
  old: string,
): { readonly how: How; readonly places: readonly Place[] } {
  if (old === "") return { how: "exact", places: [] };
  const exact = exactPlaces(text, old);
  if (exact.length > 0) return { how: "exact", places: exact };
  const blanks = blankPlaces(text, old);
  if (blanks.length > 0) return { how: "blanks", places: blanks };
  return { how: "indent", places: indentPlaces(text, old) };
}

/** `places` without those that overlap an earlier one. */
export function disjoint(places: readonly Place[]): readonly Place[] {
  const kept: Place[] = [];
  for (const place of places) if (place.from >= (kept.at(-1)?.to ?? 0)) kept.push(place);
  return kept;
}

function exactPlaces(text: string, old: string): readonly Place[] {
  const inEnding = endings(text);
  return offsetsOf(text, old)
    .map((from) => ({ from, to: from + old.length }))
    .filter(({ from, to }) => !splitsPair(text, from) && !splitsPair(text, to))
    .map(({ from, to }) => ({ from, to, replacement: inEnding(from, to) }));
}

/** Line endings as `\n` and without trailing blanks; both texts are compared so. */
function blankPlaces(text: string, old: string): readonly Place[] {
  const inEnding = endings(text);
  const plain = plainLines(text);
  const wanted = plainLines(old);
  // Blanks at the end of `old` were dropped, so it has to end where a line ends.
  const toLineEnd = /[ \t]$/.test(old);
  return offsetsOf(plain.text, wanted.text)
    .filter((at) => !toLineEnd || atLineEnd(plain.text, at + wanted.text.length))
    .map((at) => {
      const from = plain.offset(at);
      const to = plain.offset(at + wanted.text.length);
      return { from, to, replacement: inEnding(from, to) };
    });
}

/** `text` with plain line ends; `offset` tells where one of its characters stands in the original. */
function plainLines(text: string): { readonly text: string; readonly offset: (at: number) => number } {
  const lines = linesOf(text);
  const kept = lines.map((it) => withoutTrailingBlanks(text.slice(it.from, it.to)));
  const plain: Line[] = [];
  for (const line of kept) {
    const from = plain.at(-1)?.next ?? 0;
    plain.push({ from, to: from + line.length, next: from + line.length + 1 });
  }
  return { text: kept.join("\n"), offset };

  function offset(at: number): number {
    const index = lineOf(plain, at);
    return (lines[index]?.from ?? 0) + at - (plain[index]?.from ?? 0);
  }
}

function atLineEnd(text: string, at: number): boolean {
  return at === text.length || text[at] === "\n";
}

/** Equal lines that are counted while places are looked for; a text which repeats itself more is not searched on, and nothing is guessed. */
const MOST_COMPARED = 2_000_000;

/** Whole lines that are equal but for their indentation, which differs in one consistent way. */
function indentPlaces(text: string, old: string): readonly Place[] {
  const lines = linesOf(text);
  const haystack = lines.map((it) => text.slice(it.from, it.to));
  const trimmed = haystack.map(withoutBlanks);
  const open = /[\r\n]$/.test(old);
  const wanted = linesOf(old).map((it) => old.slice(it.from, it.to));
  if (open) wanted.pop();
  if (wanted.every((it) => withoutBlanks(it) === "")) return [];
  const key = wanted.map(withoutBlanks);
  const inEnding = endings(text);
  const places: Place[] = [];
  let kept = -key.length;
  let compared = 0;
  for (let start = 0; start + key.length <= trimmed.length; start++) {
    let equal = 0;
    while (equal < key.length && key[equal] === trimmed[start + equal]) equal++;
    compared += equal;
    if (compared > MOST_COMPARED) return [];
    if (equal < key.length) continue;
    const reindent = reindenter(wanted, haystack.slice(start, start + key.length));
    const first = lines[start];
    const last = lines[start + key.length - 1];
    if (!reindent || !first || !last) continue;
    const [from, to] = [first.from, open ? last.next : last.to];
    const ending = inEnding(from, to);
    places.push({ from, to, replacement: (replacement) => ending(reindent(replacement)) });
    // It is two places already: more that overlap the first would only take long to count.
    if (start >= kept + key.length) kept = start;
    else start = kept + key.length - 1;
  }
  return places;
}

function offsetsOf(text: string, wanted: string): readonly number[] {
  const offsets: number[] = [];
  for (let at = text.indexOf(wanted); at >= 0 && wanted !== ""; at = text.indexOf(wanted, at + 1))
    offsets.push(at);
  return offsets;
}

/** The line ending of a place itself, or else of the file, goes into what replaces it. */
function endings(text: string): (from: number, to: number) => (replacement: string) => string {
  // Looked for once: there may be as many places as the text is long.
  let whole: { readonly ending: ReturnType<typeof endingOf> } | undefined;
  return (from, to) => (replacement) => {
    whole ??= { ending: endingOf(text) };
    const ending = endingOf(text.slice(from, to)) ?? whole.ending;
    return ending === undefined ? replacement : withEnding(replacement, ending);
  };
}
