import { structuredPatch } from "diff";
import { linesOf } from "./lines.ts";

/** What changed between two texts. */
export interface Patch {
  /** Unified hunks without file headers, three lines of context. */
  readonly patch: string;
  /** Whether `patch` was cut because it is very long. */
  readonly cut: boolean;
  readonly added: number;
  readonly removed: number;
}

const MAX_PATCH = 60_000;
/** Beyond this many differing lines the search for the shortest diff is given up: its cost grows with the square. */
const MAX_EDITS = 1_000;

/**
 * Unified patch from `before` to `after`; `undefined` stands for "no such file". Its lines are as `told`, which keeps
 * lines, tells the whole texts: what only they show for a secret is hidden in a patch too, and no change is made of it.
 */
export function patchOf(
  before: string | undefined,
  after: string | undefined,
  told?: (text: string) => string,
): Patch {
  const { hunks: found, linesIn } = hunksOf(before ?? "", after ?? "");
  const old = told && linesIn(told(before ?? ""));
  const young = told && linesIn(told(after ?? ""));
  const hunks = old && young ? found.map((it) => ({ ...it, lines: toldLines(it, old, young) })) : found;
  let added = 0;
  let removed = 0;
  for (const line of hunks.flatMap((it) => it.lines)) {
    if (line.startsWith("+")) added++;
    else if (line.startsWith("-")) removed++;
  }
  const whole = hunks.map((it) => [header(it), ...it.lines].join("\n")).join("\n");
  if (whole.length <= MAX_PATCH) return { patch: whole, cut: false, added, removed };
  return { patch: whole.slice(0, whole.lastIndexOf("\n", MAX_PATCH)), cut: true, added, removed };
}

interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly string[];
}

/** The lines of a hunk as they stand in the whole texts; a line of both is hidden when it is in one of them. */
function toldLines(
  { oldStart, newStart, lines }: Hunk,
  old: readonly string[],
  young: readonly string[],
): readonly string[] {
  let from = oldStart - 1;
  let to = newStart - 1;
  return lines.map((line) => {
    const sign = line.charAt(0);
    if (sign === "\\") return line;
    const was = sign === "+" ? undefined : old[from++];
    const is = sign === "-" ? undefined : young[to++];
    return sign + (is === undefined || was !== line.slice(1) ? (was ?? is ?? "") : is);
  });
}

interface Hunks {
  readonly hunks: readonly Hunk[];
  /** The lines of a text as the hunks count them. */
  readonly linesIn: (text: string) => readonly string[];
}

function hunksOf(before: string, after: string): Hunks {
  const found = structuredPatch("", "", before, after, "", "", { context: 3, maxEditLength: MAX_EDITS });
  if (!found) return { hunks: [wholeHunk(before, after)], linesIn: contents };
  return { hunks: found.hunks, linesIn: (text) => text.split("\n") };
}

/** One hunk that replaces the lines between the common beginning and the common end. */
function wholeHunk(before: string, after: string): Hunk {
  const old = contents(before);
  const young = contents(after);
  const shorter = Math.min(old.length, young.length);
  let head = 0;
  while (head < shorter && old[head] === young[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === young.at(-1 - tail)) tail++;
  const gone = old.slice(head, old.length - tail);
  const come = young.slice(head, young.length - tail);
  return {
    oldStart: head + 1,
    oldLines: gone.length,
    newStart: head + 1,
    newLines: come.length,
    lines: [...gone.map((it) => `-${it}`), ...come.map((it) => `+${it}`)],
  };
}

function contents(text: string): readonly string[] {
  const lines = linesOf(text).map((it) => text.slice(it.from, it.to));
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

function header(hunk: Hunk): string {
  return `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`;
}

/** By the unified format an empty range names the line before it, and a length of one is left out. */
function range(start: number, length: number): string {
  if (length === 1) return `${start}`;
  return `${length === 0 ? start - 1 : start},${length}`;
}
