import { crc32c } from "../std/crc32c.ts";
import type { SessionEvent } from "./events.ts";

/** Where events go. One writer at a time; `append` resolves when they are written, and on disk for certain if `durable`. */
export interface SessionLog {
  readonly append: (events: readonly SessionEvent[], durable: boolean) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The highest format this version writes and reads. */
export const LOG_FORMAT = 1;

/** What a reader found in the bytes of a log. */
export interface LogContents {
  readonly events: readonly SessionEvent[];
  /** Bytes from the start up to the end of the last good record: a writer goes on from here. */
  readonly goodLength: number;
  /** Stretches between good records that are no records; nothing after them is lost. */
  readonly damage: readonly { readonly from: number; readonly to: number }[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
/** "llllllll cccccccc " : length of the JSON in bytes and its CRC-32C, eight hexadecimal digits each. */
const HEAD = 18;
const NEWLINE = 10;
const BLANK = 32;

/** One record: length and checksum, the event as JSON, a line feed. JSON has no raw line feed, so a reader can find the next record. */
export function frame(event: SessionEvent): Uint8Array {
  const json = encoder.encode(JSON.stringify(event));
  const head = encoder.encode(`${hex(json.length)} ${hex(crc32c(json))} `);
  const bytes = new Uint8Array(HEAD + json.length + 1);
  bytes.set(head);
  bytes.set(json, HEAD);
  bytes[bytes.length - 1] = NEWLINE;
  return bytes;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}

/** Reads all good records; after a bad stretch it goes on at the next place where one begins, be it in the middle of a line. */
export function readLog(bytes: Uint8Array): LogContents {
  const events: SessionEvent[] = [];
  const damage: { from: number; to: number }[] = [];
  let goodLength = 0;
  const text = textsOf(bytes);
  for (let at = 0; at < bytes.length; ) {
    const record = recordAt(bytes, at, text);
    if (record) {
      if (at > goodLength) damage.push({ from: goodLength, to: at });
      events.push(record.event);
      at = goodLength = record.end;
    } else {
      at = nextHead(bytes, at + 1);
    }
  }
  return { events, goodLength, damage };
}

/** The next offset from which on there may be a head: its two blanks are nine bytes apart. */
function nextHead(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(BLANK, from + 8); at !== -1; at = bytes.indexOf(BLANK, at + 1)) {
    if (bytes[at + 9] === BLANK) return at - 8;
  }
  return bytes.length;
}

function recordAt(
  bytes: Uint8Array,
  at: number,
  text: (from: number, to: number) => string,
): { event: SessionEvent; end: number } | undefined {
  const length = digits(bytes, at);
  const checksum = digits(bytes, at + 9);
  if (length === undefined || checksum === undefined) return undefined;
  const from = at + HEAD;
  const json = bytes.subarray(from, from + length);
  const end = from + length + 1;
  if (json.length !== length || bytes[end - 1] !== NEWLINE || crc32c(json) !== checksum) return undefined;
  const event = decodeEvent(() => text(from, from + length));
  return event && { event, end };
}

/** So many bytes are decoded at a time while they are ASCII, for each time takes as long as a thousand of them. */
const BLOCK = 8192;

/** The text from one offset to another; throws where there is no UTF-8. */
function textsOf(bytes: Uint8Array): (from: number, to: number) => string {
  let block: { readonly from: number; readonly to: number; readonly text: string | undefined } | undefined;
  return (from, to) => {
    if (!block || from < block.from || to > block.to) block = blockFrom(from, Math.max(to, from + BLOCK));
    const { text } = block;
    return text === undefined
      ? decoder.decode(bytes.subarray(from, to))
      : text.slice(from - block.from, to - block.from);
  };

  function blockFrom(from: number, end: number) {
    const to = Math.min(end, bytes.length);
    const text = asciiOf(bytes.subarray(from, to));
    return { from, to, text };
  }
}

/** `undefined` when there is anything else in it: only in ASCII are offsets in bytes those in the text. */
function asciiOf(bytes: Uint8Array): string | undefined {
  try {
    const text = decoder.decode(bytes);
    return text.length === bytes.length ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Eight hexadecimal digits, as `hex` writes them, and a blank. */
function digits(bytes: Uint8Array, at: number): number | undefined {
  if (bytes[at + 8] !== BLANK) return undefined;
  let value = 0;
  for (let index = at; index < at + 8; index++) {
    const byte = bytes[index] ?? 0;
    const digit =
      byte >= ZERO && byte < ZERO + 10 ? byte - ZERO : byte >= A && byte < A + 6 ? byte - A + 10 : -1;
    if (digit < 0) return undefined;
    value = value * 16 + digit;
  }
  return value;
}

const ZERO = 0x30;
const A = 0x61;

/** The checksum vouches for the rest; what must hold for any version is that it has a number, a time and a type. */
function decodeEvent(json: () => string): SessionEvent | undefined {
  try {
    const value: unknown = JSON.parse(json());
    return isEvent(value) ? value : undefined;
  } catch {
    // Bytes that pass the checksum and are no JSON were not written by us: damage.
    return undefined;
  }
}

function isEvent(value: unknown): value is SessionEvent {
  return (
    typeof value === "object" &&
    value !== null &&
    "n" in value &&
    typeof value.n === "number" &&
    "at" in value &&
    typeof value.at === "number" &&
    "type" in value &&
    typeof value.type === "string"
  );
}
