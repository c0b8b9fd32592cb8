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

/** Keeps at most about `limit` UTF-16 units of what is pushed, the middle left out, in memory of the same order. */
export function bounded(limit: number): Bounded {
  const half = Math.floor(limit / 2);
  let head = "";
  let tail = "";
  let total = 0;
  return { push, text };

  function push(text: string): void {
    total += text.length;
    const room = half - head.length;
    head += text.slice(0, Math.max(room, 0));
    tail += room > 0 ? text.slice(room) : text;
    // Trimmed only now and then: cutting at every push would copy the tail for each line.
    if (tail.length > 2 * half) tail = tail.slice(-half);
  }

  function text(): string {
    const missing = total - head.length - half;
    if (missing <= 0) return head + tail;
    const headEnd = wholeOffset(head, head.length);
    return head.slice(0, headEnd) + missingNote(missing) + tail.slice(wholeOffset(tail, tail.length - half));
  }
}

function wholeOffset(text: string, offset: number): number {
  return splitsPair(text, offset) ? offset - 1 : offset;
}
