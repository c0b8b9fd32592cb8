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
  /** Everything pushed, or lines of its head and tail with a note of how much is missing. */
  text(): string;
  /** How many UTF-16 units `text` leaves out. */
  missing(): number;
}

/**
 * Keeps of what is pushed head and tail of `limit` UTF-16 units together, in memory of that order. Lines that would be
 * cut are left out, and so is the rest of a private key whose beginning is: half a secret cannot be told for one. Only of
 * a line that is longer than any, the beginning stays.
 */
export function bounded(limit: number): Bounded {
  const headSize = Math.ceil(limit / 2);
  // One unit more than is kept, to see whether a line begins there.
  const tailSize = Math.floor(limit / 2) + 1;
  let head = "";
  let tail = "";
  let total = 0;
  return { push, text, missing };

  function push(text: string): void {
    total += text.length;
    const room = Math.max(0, headSize - head.length);
    head += text.slice(0, room);
    tail += text.slice(room);
    // Trimmed only now and then: cutting at every push would copy the tail for each line.
    if (tail.length > 2 * tailSize) tail = tail.slice(-tailSize);
  }

  function text(): string {
    if (total <= limit) return head + tail;
    const [first, last] = ends();
    return first + missingNote(missing()) + last;
  }

  function missing(): number {
    const [first, last] = ends();
    return total <= limit ? 0 : total - first.length - last.length;
  }

  function ends(): readonly [string, string] {
    return [firstLines(head), lastLines(tail.slice(-tailSize))];
  }
}

/** The whole lines of `head`; of a very long one that it ends within, its whole words, if it has any. */
function firstLines(head: string): string {
  const line = head.lastIndexOf("\n") + 1;
  if (head.length - line <= MAX_SECRET) return head.slice(0, line);
  let word = head.length;
  while (head.length - word < MAX_SECRET && !/[\s"'`<>{},;]/.test(head.charAt(word - 1))) word--;
  return head.slice(0, head.length - word < MAX_SECRET ? word : wholeOffset(head, head.length - 1));
}

/** What stands behind the line, and behind the private key (RFC 7468), that `tail` begins within. */
function lastLines(tail: string): string {
  const line = tail.indexOf("\n") + 1;
  if (line === 0) return "";
  const end = /-----END [A-Z0-9 ]{0,30}PRIVATE KEY[^\n]*\n?/.exec(tail.slice(0, MAX_SECRET));
  const isCut = end && !tail.slice(0, end.index).includes("-----BEGIN ");
  return tail.slice(isCut ? Math.max(line, end.index + end[0].length) : line);
}

/** No secret is longer than this, in UTF-16 units. */
const MAX_SECRET = 20_000;

function wholeOffset(text: string, offset: number): number {
  return splitsPair(text, offset) ? offset - 1 : offset;
}
