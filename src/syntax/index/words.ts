/** Words shorter than this say nothing of who uses whom. */
const SHORTEST = 3;

/**
 * The distinct words of a text as hashes, in growing order; comments and strings count, too. A hash stands for a word
 * where two words with one hash cost nothing but a little accuracy, and a set of numbers is a tenth of one of texts.
 */
export function wordHashes(text: string): Uint32Array {
  const seen = new Set<number>();
  let hash = BASIS;
  let length = 0;
  let isNumber = false;
  for (let at = 0; at <= text.length; at++) {
    const sign = at < text.length ? text.charCodeAt(at) : 0;
    if (isWordSign(sign)) {
      if (length === 0) {
        isNumber = isDigit(sign);
        hash = BASIS;
      }
      hash = Math.imul(hash ^ sign, PRIME);
      length++;
    } else if (length > 0) {
      if (length >= SHORTEST && !isNumber) seen.add(hash >>> 0);
      length = 0;
    }
  }
  return Uint32Array.from(seen).sort();
}

/** The hash of one word; `undefined`: it is too short to count. */
export function hashOf(word: string): number | undefined {
  if (word.length < SHORTEST) return undefined;
  let hash = BASIS;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), PRIME);
  return hash >>> 0;
}

/** FNV-1a of 32 bits, over UTF-16 units (http://www.isthe.com/chongo/tech/comp/fnv). */
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

function isWordSign(sign: number): boolean {
  return (
    (sign >= 97 && sign <= 122) ||
    (sign >= 65 && sign <= 90) ||
    isDigit(sign) ||
    sign === 95 ||
    sign === 36 ||
    sign > 127
  );
}

function isDigit(sign: number): boolean {
  return sign >= 48 && sign <= 57;
}
