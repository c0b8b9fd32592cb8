import type { TokenFile } from "./tokens.ts";

/** Tokens of a file that follow each other: the first, and how many. */
export interface Run {
  readonly file: TokenFile;
  readonly first: number;
  readonly count: number;
}

/** Statements that stand in two places. */
export interface Clone {
  readonly earlier: Run;
  readonly later: Run;
}

/** What counts as a clone. */
export interface CloneSize {
  readonly tokens: number;
  readonly lines: number;
}

/** Earlier places that are tried for one later one. */
const MOST_TRIED = 16;

/**
 * Whole statements of at least that size that an earlier place has, token by token; each later place is told once, with
 * the earlier one that it has most in common with. Windows of tokens are looked up by a rolling hash (R. M. Karp,
 * M. O. Rabin, "Efficient randomized pattern-matching algorithms", IBM Journal of Research and Development 31, 1987) and
 * made as long as they go.
 */
export function clonesIn(files: readonly TokenFile[], { tokens, lines }: CloneSize): readonly Clone[] {
  const index = windowIndex(files, tokens);
  const clones: Clone[] = [];
  for (const [number, file] of files.entries()) {
    const windows = windowHashes(file.hash, tokens);
    for (let at = 0; at < windows.length; ) {
      const hash = windows[at] ?? 0;
      const match = longestMatch(index.at(hash), file, at, tokens);
      if (!match) {
        index.add(hash, number, at);
        at++;
        continue;
      }
      const { file: earlier, first, count } = match;
      const whole = wholeStatements({ file, first: at, count });
      if (whole && whole.count >= tokens && linesIn(whole) >= lines) {
        const shift = whole.first - at;
        clones.push({ earlier: { file: earlier, first: first + shift, count: whole.count }, later: whole });
        at = whole.first + whole.count;
      } else at += Math.max(1, count - tokens + 1);
    }
  }
  return clones;
}

function longestMatch(
  candidates: readonly Run[],
  file: TokenFile,
  at: number,
  tokens: number,
): Run | undefined {
  let best: Run | undefined;
  for (const { file: earlier, first } of candidates) {
    // A place does not repeat itself by lying over itself.
    const most = earlier === file ? at - first : Number.POSITIVE_INFINITY;
    const count = Math.min(most, commonLength(earlier, first, file, at));
    if (count >= tokens && count > (best?.count ?? 0)) best = { file: earlier, first, count };
  }
  return best;
}

function commonLength(a: TokenFile, atA: number, b: TokenFile, atB: number): number {
  const most = Math.min(a.hash.length - atA, b.hash.length - atB);
  let count = 0;
  while (count < most && a.hash[atA + count] === b.hash[atB + count]) count++;
  return count;
}

/** The longest part of a run that is whole statements of one row; `undefined`: there is none. */
function wholeStatements({ file, first, count }: Run): Run | undefined {
  const { begins } = file;
  let best: Run | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  for (let at = first; at < first + count; at++) {
    const depth = begins[at] ?? 0;
    // What begins at the same depth or deeper is part of the row that began before.
    if (depth === 0 || depth >= lowest) continue;
    lowest = depth;
    const length = lengthOfRow(file, at, first + count, depth);
    if (length > (best?.count ?? 0)) best = { file, first: at, count: length };
  }
  return best;
}

/** How many tokens from `first` on are whole statements at that depth. */
function lengthOfRow({ depth, ends }: TokenFile, first: number, end: number, wanted: number): number {
  let length = 0;
  for (let at = first; at < end && (depth[at] ?? 0) >= wanted; at++) {
    const ended = ends[at] ?? 0;
    if (ended > 0 && ended <= wanted) length = at - first + 1;
  }
  return length;
}

/** How many lines a run takes. */
export function linesIn({ file, first, count }: Run): number {
  const start = lineOf(file, file.from[first] ?? 0);
  return lineOf(file, (file.to[first + count - 1] ?? 1) - 1) - start + 1;
}

/** The line of an offset, from 1. */
export function lineOf({ lines }: TokenFile, offset: number): number {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

const BASE = 0x2c1b3c6d;

/** A hash for each window of that many tokens. */
function windowHashes(hash: Int32Array, tokens: number): Int32Array {
  const windows = new Int32Array(Math.max(0, hash.length - tokens + 1));
  let power = 1;
  for (let it = 1; it < tokens; it++) power = Math.imul(power, BASE);
  let rolling = 0;
  for (let at = 0; at < hash.length; at++) {
    if (at >= tokens) rolling = (rolling - Math.imul(hash[at - tokens] ?? 0, power)) | 0;
    rolling = (Math.imul(rolling, BASE) + (hash[at] ?? 0)) | 0;
    if (at >= tokens - 1) windows[at - tokens + 1] = rolling;
  }
  return windows;
}

interface WindowIndex {
  readonly add: (hash: number, file: number, first: number) => void;
  /** Places with that hash, latest first, not too many. */
  readonly at: (hash: number) => readonly Run[];
}

/** A hash table in flat arrays: millions of windows would be too many objects. */
function windowIndex(files: readonly TokenFile[], tokens: number): WindowIndex {
  const total = files.reduce((sum, it) => sum + Math.max(0, it.hash.length - tokens + 1), 0);
  const mask = 2 ** Math.ceil(Math.log2(total + 2)) - 1;
  const heads = new Int32Array(mask + 1).fill(-1);
  const [hashes, numbers, firsts, next] = [0, 1, 2, 3].map(() => new Int32Array(total));
  let used = 0;
  const slotOf = (hash: number) => (hash ^ (hash >>> 15)) & mask;
  return {
    add(hash, file, first) {
      if (!hashes || !numbers || !firsts || !next) return;
      hashes[used] = hash;
      numbers[used] = file;
      firsts[used] = first;
      next[used] = heads[slotOf(hash)] ?? -1;
      heads[slotOf(hash)] = used++;
    },
    at(hash) {
      const found: Run[] = [];
      for (let it = heads[slotOf(hash)] ?? -1; it >= 0 && found.length < MOST_TRIED; it = next?.[it] ?? -1) {
        const file = files[numbers?.[it] ?? -1];
        if (file && hashes?.[it] === hash) found.push({ file, first: firsts?.[it] ?? 0, count: tokens });
      }
      return found;
    },
  };
}
