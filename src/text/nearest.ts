import { linesOf } from "./lines.ts";

/** A region that looks like what was searched. */
export interface Nearest {
  /** From 1. */
  readonly line: number;
  /** Its lines as they are, at most ten. */
  readonly text: string;
  readonly firstDifference: Difference;
}

/** Where a region first differs. Line and column count from 1; the texts are what follows there, short. */
export interface Difference {
  readonly line: number;
  readonly column: number;
  readonly wanted: string;
  readonly found: string;
}

const MAX_REGIONS = 3;
const MAX_LINES = 10;
/** Comparisons of two lines that one search may cost; beyond it only some lines of `old` are looked at. */
const MAX_COMPARISONS = 2_000_000;

/** At most three regions of `text` most like `old`, best first; only ones of which a good part is equal. */
export function nearestRegions(text: string, old: string): readonly Nearest[] {
  const haystack = linesOf(text).map((it) => text.slice(it.from, it.to));
  const wanted = linesOf(withoutLineEnds(old)).map((it) => old.slice(it.from, it.to));
  if (old.trim() === "") return [];
  const probes = probesOf(wanted, haystack.length);
  const scores = haystack.map((_, start) => scoreAt(haystack, start, probes));
  return best(scores, wanted.length)
    .toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
    .map((start) => ({
      line: start + 1,
      text: haystack.slice(start, start + Math.min(wanted.length, MAX_LINES)).join("\n"),
      firstDifference: difference(haystack, start, wanted),
    }));
}

/** Without the line ends at its end. A pattern that is bound to the end only would take the square of a long run before it. */
function withoutLineEnds(text: string): string {
  let end = text.length;
  while (text[end - 1] === "\n" || text[end - 1] === "\r") end--;
  return text.slice(0, end);
}

interface Probe {
  readonly index: number;
  readonly line: string;
}

/** The lines of `wanted` that say something; evenly thinned out when the whole would cost too much. */
function probesOf(wanted: readonly string[], lines: number): readonly Probe[] {
  const telling = wanted.map((line, index) => ({ index, line: line.trim() })).filter((it) => it.line !== "");
  const step = Math.ceil((telling.length * lines) / MAX_COMPARISONS);
  return telling.filter((_, index) => index % Math.max(1, step) === 0);
}

function scoreAt(haystack: readonly string[], start: number, probes: readonly Probe[]): number {
  let score = 0;
  for (const { index, line } of probes) score += likeness((haystack[start + index] ?? "").trim(), line);
  return probes.length === 0 ? 0 : score / probes.length;
}

/** Share of the longer line that common beginning and end make up; 1 when equal. */
function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a.charCodeAt(head) === b.charCodeAt(head)) head++;
  let tail = 0;
  while (tail < shorter - head && a.charCodeAt(a.length - 1 - tail) === b.charCodeAt(b.length - 1 - tail))
    tail++;
  return (head + tail) / Math.max(a.length, b.length);
}

/** Starts of the best regions that do not overlap. */
function best(scores: readonly number[], length: number): readonly number[] {
  const left = scores.map((score, start) => ({ score, start })).filter((it) => it.score >= 0.4);
  left.sort((a, b) => b.score - a.score || a.start - b.start);
  const chosen: number[] = [];
  for (const { start } of left) {
    if (chosen.length === MAX_REGIONS) break;
    if (chosen.every((it) => Math.abs(it - start) >= length)) chosen.push(start);
  }
  return chosen;
}

function difference(haystack: readonly string[], start: number, wanted: readonly string[]): Difference {
  for (const [index, line] of wanted.entries()) {
    const found = haystack[start + index];
    if (found === line) continue;
    let at = 0;
    while (at < line.length && line[at] === found?.[at]) at++;
    return {
      line: start + index + 1,
      column: at + 1,
      wanted: line.slice(at, at + 40),
      found: found === undefined ? "" : found.slice(at, at + 40),
    };
  }
  // Equal by whole lines: the difference is behind the last one.
  return { line: start + wanted.length, column: (wanted.at(-1) ?? "").length + 1, wanted: "", found: "" };
}
