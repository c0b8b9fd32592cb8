/** A replacement of `text.slice(from, to)`. Offsets are UTF-16 units. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * The smallest changed middle that turns `before` into `after`; `undefined` when they are equal.
 * It never begins or ends inside a surrogate pair or a CRLF, which editors refuse to split.
 */
export function minimalChange(before: string, after: string): Change | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before.charCodeAt(head) === after.charCodeAt(head)) head++;
  while (head > 0 && (splitsPair(before, head) || splitsPair(after, head))) head--;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  while (tail > 0 && (splitsPair(before, before.length - tail) || splitsPair(after, after.length - tail)))
    tail--;
  return { from: head, to: before.length - tail, text: after.slice(head, after.length - tail) };
}

/** `text` after `change`. */
export function applyChange(text: string, change: Change): string {
  return text.slice(0, change.from) + change.text + text.slice(change.to);
}

/** Whether `offset` lies between the two halves of a surrogate pair or of a CRLF. */
export function splitsPair(text: string, offset: number): boolean {
  const left = text.charCodeAt(offset - 1);
  const right = text.charCodeAt(offset);
  if (left === 13) return right === 10;
  return left >= 0xd800 && left <= 0xdbff && right >= 0xdc00 && right <= 0xdfff;
}
