import type { TextForm } from "../world.ts";
import { guessEncodings } from "./legacy-encoding.ts";

/** Bytes as text, or why they are none. */
export type Decoded =
  | { readonly kind: "text"; readonly text: string; readonly form: TextForm }
  | { readonly kind: "binary"; readonly why: string };

/** Text as bytes, or the offset of what the encoding cannot hold. */
export type Encoded =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** The encoding has no such character; `at` is its offset in the text. */
  | { readonly kind: "lossy"; readonly at: number };

/** What a new file is written as. */
export const UTF8: TextForm = { encoding: "utf8", bom: false };

/** What is no text in any encoding, as one: each byte is the character of its number. */
export const BINARY: TextForm = { encoding: "binary", bom: false };

/** The bytes of what is no text as `BINARY` writes them. */
export function binaryText(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return pieces.join("");
}

/** Control characters that no text has: below space, without tab, line ends, form feed and escape. */
const BINARY_CONTROL = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/;

/**
 * Reads `bytes` as text: by byte order mark, then strict UTF-8, then UTF-16 without mark, then the legacy encodings.
 * What is accepted encodes to the same bytes again; everything else is binary, with the reason.
 */
export async function decode(bytes: Uint8Array): Promise<Decoded> {
  const marked = byMark(bytes);
  if (marked) return marked;
  const utf16 = utf16WithoutMark(bytes);
  if (utf16) return text(fromUtf16(bytes, utf16 === "utf16le"), utf16, false);
  if (bytes.includes(0)) return { kind: "binary", why: "it contains NUL bytes" };
  const utf8 = strictUtf8(bytes);
  // Some programs keep single control characters in their source: what is UTF-8 and has no NUL is text.
  if (utf8 !== undefined) return { kind: "text", text: utf8, form: UTF8 };
  return legacy(bytes);
}

/** Writes `text` in `form`; never replaces a character silently. */
export async function encode(text: string, form: TextForm): Promise<Encoded> {
  const body = await encodeBody(text, form.encoding);
  if (body.kind === "lossy" || !form.bom) return body;
  const mark = MARKS.find((it) => it.encoding === form.encoding)?.bytes ?? [];
  const bytes = new Uint8Array(mark.length + body.bytes.length);
  bytes.set(mark);
  bytes.set(body.bytes, mark.length);
  return { kind: "bytes", bytes };
}

const MARKS: readonly { readonly encoding: string; readonly bytes: readonly number[] }[] = [
  { encoding: "utf8", bytes: [0xef, 0xbb, 0xbf] },
  { encoding: "utf16le", bytes: [0xff, 0xfe] },
  { encoding: "utf16be", bytes: [0xfe, 0xff] },
];

function byMark(bytes: Uint8Array): Decoded | undefined {
  const mark = MARKS.find((it) => it.bytes.every((byte, index) => bytes[index] === byte));
  if (!mark) return undefined;
  const body = bytes.subarray(mark.bytes.length);
  if (mark.encoding === "utf8") {
    const utf8 = strictUtf8(body);
    if (utf8 === undefined) return { kind: "binary", why: "it has a UTF-8 mark but is not UTF-8" };
    if (body.includes(0)) return { kind: "binary", why: "it contains NUL bytes" };
    return { kind: "text", text: utf8, form: { encoding: "utf8", bom: true } };
  }
  if (body.length % 2 === 1)
    return { kind: "binary", why: "it has a UTF-16 mark but an odd number of bytes" };
  return text(fromUtf16(body, mark.encoding === "utf16le"), mark.encoding, true);
}

function text(text: string, encoding: string, bom: boolean): Decoded {
  const control = BINARY_CONTROL.exec(text);
  if (!control) return { kind: "text", text, form: { encoding, bom } };
  const code = control[0].charCodeAt(0).toString(16).padStart(4, "0").toUpperCase();
  return { kind: "binary", why: `it contains the control character U+${code}` };
}

function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Mostly ASCII in UTF-16 has a NUL in every second byte, and only there. */
function utf16WithoutMark(bytes: Uint8Array): "utf16le" | "utf16be" | undefined {
  const sample = bytes.subarray(0, 8192);
  if (bytes.length < 4 || bytes.length % 2 === 1) return undefined;
  const nuls = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) nuls[index % 2] = (nuls[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nuls;
  const enough = sample.length / 4;
  if (odd > enough && even === 0) return "utf16le";
  return even > enough && odd === 0 ? "utf16be" : undefined;
}

function fromUtf16(bytes: Uint8Array, little: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 2 * 4096) {
    const units = Array.from({ length: Math.min(4096, (bytes.length - at) / 2) }, (_, index) =>
      view.getUint16(at + 2 * index, little),
    );
    parts.push(String.fromCharCode(...units));
  }
  return parts.join("");
}

function toUtf16(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(2 * at, text.charCodeAt(at), little);
  return bytes;
}

async function encodeBody(text: string, encoding: string): Promise<Encoded> {
  if (encoding === "utf16le" || encoding === "utf16be") {
    return { kind: "bytes", bytes: toUtf16(text, encoding === "utf16le") };
  }
  if (encoding === "utf8") {
    const at = loneSurrogate(text);
    return at === undefined
      ? { kind: "bytes", bytes: new TextEncoder().encode(text) }
      : { kind: "lossy", at };
  }
  if (encoding === BINARY.encoding) return binaryBytes(text);
  const { default: iconv } = await import("iconv-lite");
  const bytes = new Uint8Array(iconv.encode(text, encoding));
  const back = iconv.decode(bytes, encoding, { stripBOM: false });
  return back === text ? { kind: "bytes", bytes } : { kind: "lossy", at: firstDifference(text, back) };
}

function binaryBytes(text: string): Encoded {
  const at = text.search(/[^\0-\xff]/);
  if (at !== -1) return { kind: "lossy", at };
  return { kind: "bytes", bytes: Uint8Array.from(text, (it) => it.charCodeAt(0)) };
}

async function legacy(bytes: Uint8Array): Promise<Decoded> {
  const { default: iconv } = await import("iconv-lite");
  for (const encoding of guessEncodings(bytes)) {
    const decoded = iconv.decode(bytes, encoding, { stripBOM: false });
    if (decoded.includes("\ufffd")) continue;
    const again = await encodeBody(decoded, encoding);
    if (again.kind === "bytes" && sameBytes(again.bytes, bytes)) return text(decoded, encoding, false);
  }
  return { kind: "binary", why: "its bytes are no text in any encoding known here" };
}

function loneSurrogate(text: string): number | undefined {
  if (text.isWellFormed()) return undefined;
  return /(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/.exec(text)?.index;
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/** Whether two byte sequences are equal. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
