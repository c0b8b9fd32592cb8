import { crc32 } from "../../std/crc32.ts";

/** A message of an event stream. */
export interface Frame {
  /** Headers whose value is a text, such as ":event-type". */
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Uint8Array;
}

/** Reads frames from bytes however they are cut. */
export interface FrameReader {
  /** The frames that these bytes completed; `damage` says why nothing that follows can be read. */
  take(bytes: Uint8Array): { readonly frames: readonly Frame[]; readonly damage?: string };
  /** Whether the last bytes ended a frame. */
  isBetweenFrames(): boolean;
}

/** Lengths and checksum before the headers, and the checksum behind the payload. */
const PRELUDE = 12;
const CHECKSUM = 4;

/** Longest frame: a payload of 16 MiB and headers of 128 KiB, as the specification allows. */
const LONGEST = 16 * 1024 * 1024 + 128 * 1024 + PRELUDE + CHECKSUM;

/**
 * A reader of `application/vnd.amazon.eventstream`
 * (https://smithy.io/2.0/aws/amazon-eventstream.html): numbers are big-endian, both checksums are CRC-32.
 */
export function frameReader(): FrameReader {
  let rest: Uint8Array = new Uint8Array(0);
  return {
    take(bytes) {
      rest = rest.length === 0 ? bytes : joined(rest, bytes);
      const frames: Frame[] = [];
      while (rest.length >= PRELUDE) {
        const { total, headers, damage } = preludeOf(rest);
        if (damage !== undefined) return { frames, damage };
        if (rest.length < total) break;
        const frame = frameIn(rest.subarray(0, total), headers);
        if (typeof frame === "string") return { frames, damage: frame };
        frames.push(frame);
        rest = rest.subarray(total);
      }
      return { frames };
    },
    isBetweenFrames: () => rest.length === 0,
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function preludeOf(bytes: Uint8Array): {
  readonly total: number;
  readonly headers: number;
  readonly damage?: string;
} {
  const view = viewOf(bytes);
  const total = view.getUint32(0);
  const headers = view.getUint32(4);
  const isIntact = crc32(bytes.subarray(0, 8)) === view.getUint32(8);
  const fits = total <= LONGEST && headers + PRELUDE + CHECKSUM <= total;
  if (isIntact && fits) return { total, headers };
  const damage = isIntact
    ? "a frame has an impossible length"
    : "the checksum of a frame's head does not match";
  return { total, headers, damage };
}

function frameIn(bytes: Uint8Array, headersLength: number): Frame | string {
  const end = bytes.length - CHECKSUM;
  if (crc32(bytes.subarray(0, end)) !== viewOf(bytes).getUint32(end))
    return "the checksum of a frame does not match";
  const headers = headersIn(bytes.subarray(PRELUDE, PRELUDE + headersLength));
  if (headers === undefined) return "the headers of a frame cannot be read";
  return { headers, payload: bytes.slice(PRELUDE + headersLength, end) };
}

/** Lengths of values by the type of a header: true, false, byte, short, integer, long; then time and UUID. */
const LENGTHS: Readonly<Record<number, number>> = { 0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 };
const BYTES = 6;
const TEXT = 7;

function headersIn(bytes: Uint8Array): Readonly<Record<string, string>> | undefined {
  const view = viewOf(bytes);
  const found: [string, string][] = [];
  let at = 0;
  while (at < bytes.length) {
    const nameEnd = at + 1 + view.getUint8(at);
    if (nameEnd + 1 > bytes.length) return undefined;
    const type = view.getUint8(nameEnd);
    const isLong = type === BYTES || type === TEXT;
    const start = nameEnd + (isLong ? 3 : 1);
    if (start > bytes.length) return undefined;
    const length = isLong ? view.getUint16(nameEnd + 1) : LENGTHS[type];
    if (length === undefined || start + length > bytes.length) return undefined;
    if (type === TEXT) found.push([textIn(bytes, at + 1, nameEnd), textIn(bytes, start, start + length)]);
    at = start + length;
  }
  return Object.fromEntries(found);
}

function textIn(bytes: Uint8Array, start: number, end: number): string {
  return new TextDecoder().decode(bytes.subarray(start, end));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
