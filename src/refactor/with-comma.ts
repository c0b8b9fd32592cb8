/** Offsets into a text, UTF-16 units; the end is exclusive. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A part of a list with the comma that goes with it: the one behind or, of the last, the one before. */
export function withComma(own: Stretch, all: readonly Stretch[]): Stretch {
  const index = all.indexOf(own);
  const [before, behind] = [all[index - 1], all[index + 1]];
  if (behind) return { from: own.from, to: behind.from };
  return { from: before?.to ?? own.from, to: own.to };
}
