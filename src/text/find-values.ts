/** Finds any of several values in a text. */
export type ValueFinder = (text: string) => readonly { readonly at: number; readonly value: string }[];

/**
 * A finder of all places of `values`, by the algorithm of Wu and Manber ("A Fast Algorithm for Multi-Pattern Searching",
 * 1994) with blocks of two: its time hardly grows with their number. Values of fewer than two units are not found.
 */
export function valueFinder(values: readonly string[]): ValueFinder {
  const all = [...new Set(values)].filter((it) => it.length > 1);
  if (all.length === 0) return () => [];
  const length = Math.min(...all.map((it) => it.length));
  const shifts = new Uint16Array(BLOCKS).fill(Math.min(length - 1, 0xffff));
  const ending = new Map<number, string[]>();
  for (const value of all) {
    for (let at = 1; at < length; at++) {
      const block = blockAt(value, at);
      shifts[block] = Math.min(shifts[block] ?? 0, length - 1 - at);
    }
    const last = blockAt(value, length - 1);
    ending.set(last, [...(ending.get(last) ?? []), value]);
  }
  return find;

  function find(text: string) {
    const found: { at: number; value: string }[] = [];
    for (let end = length - 1; end < text.length; ) {
      const block = blockAt(text, end);
      const shift = shifts[block] ?? 0;
      if (shift === 0)
        for (const value of ending.get(block) ?? [])
          if (text.startsWith(value, end - length + 1)) found.push({ at: end - length + 1, value });
      end += Math.max(1, shift);
    }
    return found;
  }
}

const BLOCKS = 0x10000;

/** The units at `at` and before it as one number. */
function blockAt(text: string, at: number): number {
  return ((text.charCodeAt(at - 1) * 0x101) ^ text.charCodeAt(at)) & (BLOCKS - 1);
}
