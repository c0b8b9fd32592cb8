/** The rows that are in the page, and the empty space that stands for the others. */
export interface Window {
  /** Index of the first row in the page. */
  readonly from: number;
  /** Index after the last one. */
  readonly to: number;
  /** Pixels of space above and below. */
  readonly above: number;
  readonly below: number;
}

/** The smallest window over rows of these heights that covers `[top - margin, top + height + margin]`; heights in pixels. */
export function windowOf(heights: ArrayLike<number>, top: number, height: number, margin: number): Window {
  let from = 0;
  let above = 0;
  while (from < heights.length && above + at(heights, from) <= top - margin) above += at(heights, from++);
  let to = from;
  let end = above;
  while (to < heights.length && end < top + height + margin) end += at(heights, to++);
  let below = 0;
  for (let index = to; index < heights.length; index++) below += at(heights, index);
  // Scrolled past the end (a row shrank): the last row stays in the page, so that there is something to stand on.
  if (from === to && from > 0) return { from: from - 1, to, above: above - at(heights, from - 1), below };
  return { from, to, above, below };
}

function at(heights: ArrayLike<number>, index: number): number {
  return heights[index] ?? 0;
}

/** Pixels above row `index`. */
export function offsetOf(heights: ArrayLike<number>, index: number): number {
  let sum = 0;
  for (let it = 0; it < index; it++) sum += at(heights, it);
  return sum;
}
