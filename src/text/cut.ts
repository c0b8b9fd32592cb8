import { splitsPair } from "./minimal.ts";

/** The note that stands where `missing` UTF-16 units were left out. */
export function missingNote(missing: number): string {
  return `\n[... ${missing} characters left out ...]\n`;
}

/** `text`, or its head and tail of `limit` UTF-16 units together with a note of how much is missing between them. */
export function cutMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = wholeOffset(text, Math.ceil(limit / 2));
  const tail = wholeOffset(text, text.length - Math.floor(limit / 2));
  return text.slice(0, head) + missingNote(tail - head) + text.slice(tail);
}

/** The first `limit` UTF-16 units of `text`, with a note when something follows. */
export function cutEnd(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = wholeOffset(text, limit);
  return `${text.slice(0, end)} [... ${text.length - end} more characters]`;
}

/** What may grow without end and is kept within bounds. */
export interface Bounded {
  push(text: string): void;
  /** Everything pushed, or head and tail with a note of how much is missing. */
  text(): string;
}

/** Keeps of what is pushed what `cutMiddle` would keep of the whole, in memory of the order of `limit`. */
export function bounded(limit: number): Bounded {
  // One unit more than is kept on either side, to see whether a cut would split a pair.
  const headSize = Math.ceil(limit / 2) + 1;
  const tailSize = Math.floor(limit / 2) + 1;
  let head = "";
  let tail = "";
  let total = 0;
  return { push, text };

  function push(text: string): void {
    total += text.length;
    const room = Math.max(0, headSize - head.length);
    head += text.slice(0, room);
    tail += text.slice(room);
    // Trimmed only now and then: cutting at every push would copy the tail for each line.
    if (tail.length > 2 * tailSize) tail = tail.slice(-tailSize);
  }

  function text(): string {
    if (total === head.length + tail.length) return cutMiddle(head + tail, limit);
    const headEnd = wholeOffset(head, headSize - 1);
    const tailStart = wholeOffset(tail, tail.length - tailSize + 1);
    const missing = total - headEnd - (tail.length - tailStart);
    return head.slice(0, headEnd) + missingNote(missing) + tail.slice(tailStart);
  }
}

function wholeOffset(text: string, offset: number): number {
  return splitsPair(text, offset) ? offset - 1 : offset;
}
