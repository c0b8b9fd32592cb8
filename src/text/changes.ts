/** A stretch of a text, in UTF-16 units, and what stands there instead. */
export interface TextChange {
  readonly from: number;
  /** Exclusive; equal to `from`: an insertion. */
  readonly to: number;
  readonly text: string;
}

/** `text` with all changes made. Insertions at one place stand in the order given; throws when changes overlap. */
export function withChanges(text: string, changes: readonly TextChange[]): string {
  const inOrder = changes
    .map((change, index) => ({ change, index }))
    .toSorted((a, b) => a.change.from - b.change.from || a.change.to - b.change.to || a.index - b.index);
  const pieces: string[] = [];
  let end = 0;
  for (const { change } of inOrder) {
    if (change.from < end) throw new Error(`changes overlap at ${change.from}`);
    pieces.push(text.slice(end, change.from), change.text);
    end = change.to;
  }
  return pieces.join("") + text.slice(end);
}

/** Where an offset of a text lies after the changes; inside a change: at its end. */
export function movedOffset(offset: number, changes: readonly TextChange[]): number {
  let shift = 0;
  for (const { from, to, text } of changes) {
    if (to <= offset) shift += text.length - (to - from);
    else if (from < offset) return from + shift + text.length;
  }
  return offset + shift;
}
