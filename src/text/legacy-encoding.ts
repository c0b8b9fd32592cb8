/**
 * Which 8-bit encoding of before Unicode a text most likely has. The byte ranges are those of the WHATWG Encoding
 * Standard (https://encoding.spec.whatwg.org/); the weights say what ordinary text consists of.
 */

/** Legacy encodings in which `bytes` may be read, likeliest first. "iso88591" comes last and takes everything. */
export function guessEncodings(bytes: Uint8Array): readonly string[] {
  const scored = [
    { encoding: "gbk", score: pairScore(bytes, gbkPair) },
    { encoding: "shift_jis", score: pairScore(bytes, shiftJisPair) },
    { encoding: "win1252", score: singleScore(bytes) },
  ];
  const likely = scored.filter((it) => it.score !== undefined);
  likely.sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
  return [...likely.map((it) => it.encoding), "iso88591"];
}

/** What a high byte and its follower mean: how many bytes they take and how usual that is, from 0 to 1. */
type Reading = { readonly length: 1 | 2; readonly weight: number } | undefined;

/** Mean weight of all readings of high bytes; `undefined` when some byte cannot be read. */
function pairScore(bytes: Uint8Array, read: (first: number, second: number) => Reading): number | undefined {
  let weight = 0;
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) continue;
    const reading = read(first, bytes[at + 1] ?? 0);
    if (!reading) return undefined;
    weight += reading.weight;
    count++;
    at += reading.length - 1;
  }
  return count === 0 ? undefined : weight / count;
}

function gbkPair(first: number, second: number): Reading {
  if (first === 0x80) return { length: 1, weight: 0.1 };
  if (first === 0xff || second < 0x40 || second === 0x7f || second === 0xff) return undefined;
  // GB 2312 level 1 holds 3,755 characters that make up nearly all Chinese text.
  if (first >= 0xb0 && first <= 0xd7 && second >= 0xa1) return { length: 2, weight: 1 };
  if ((first === 0xa1 || first === 0xa3) && second >= 0xa1) return { length: 2, weight: 0.9 };
  if (first >= 0xd8 && first <= 0xf7 && second >= 0xa1) return { length: 2, weight: 0.5 };
  return { length: 2, weight: 0.15 };
}

function shiftJisPair(first: number, second: number): Reading {
  // Half-width katakana: one byte, rare in files.
  if (first >= 0xa1 && first <= 0xdf) return { length: 1, weight: 0.2 };
  const leads = (first >= 0x81 && first <= 0x9f) || (first >= 0xe0 && first <= 0xfc);
  if (!leads || second < 0x40 || second === 0x7f || second > 0xfc) return undefined;
  if (first === 0x82 || first === 0x83) return { length: 2, weight: 1 };
  if (first === 0x81) return { length: 2, weight: 0.9 };
  if (first >= 0x88 && first <= 0x97) return { length: 2, weight: 0.95 };
  return { length: 2, weight: first < 0xf0 ? 0.5 : 0.05 };
}

/** In European text a letter with an accent stands among ASCII letters; runs of high bytes are short and rare. */
function singleScore(bytes: Uint8Array): number | undefined {
  let weight = 0;
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const start = at;
    while ((bytes[at] ?? 0) >= 0x80) {
      if (UNDEFINED_1252.has(bytes[at] ?? 0)) return undefined;
      at++;
    }
    const length = at - start;
    const inWord = isLetter(bytes[start - 1]) || isLetter(bytes[at]);
    const usual = length === 1 ? 1 : length === 2 && inWord ? 0.7 : 0.25;
    for (const byte of bytes.subarray(start, at)) weight += usual * single(byte);
    count += length;
  }
  return count === 0 ? undefined : weight / count;
}

function single(byte: number): number {
  if (byte >= 0xc0) return byte === 0xd7 || byte === 0xf7 ? 0.7 : 1;
  if (byte >= 0xa0) return 0.9;
  return USUAL_1252.has(byte) ? 0.8 : 0.2;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && /[A-Za-z]/.test(String.fromCharCode(byte));
}

const UNDEFINED_1252: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
/** Euro, ellipsis, quotation marks, bullet, dashes, trade mark. */
const USUAL_1252: ReadonlySet<number> = new Set([
  0x80, 0x84, 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99,
]);
