import { numbersIn, placeholderOf } from "./placeholders.ts";
import { type KnownSecret, type SecretFinder, type SecretSpan, secretFinder } from "./secrets.ts";

/** Puts placeholders in the place of secrets, the same one for the same secret as long as it lives. */
export interface Masking {
  /** `text` with a placeholder for every secret in it; the same string when there is none. */
  readonly mask: (text: string) => string;
  /** From now on these values, too, are secret: they replace those given before. */
  readonly know: (secrets: readonly KnownSecret[]) => void;
  /** These values, too, and for good. */
  readonly learn: (secrets: readonly KnownSecret[]) => void;
  /** `mask` for a text that comes in pieces; what the next piece may make a secret is held back. */
  readonly stream: () => MaskStream;
  /** The secret behind a placeholder of this masking; `undefined` when there is none. */
  readonly secretBehind: (placeholder: string) => string | undefined;
}

/** Masks a text that comes in pieces. */
export interface MaskStream {
  readonly push: (piece: string) => string;
  /** What was held back, for nothing follows any more. */
  readonly flush: () => string;
}

/** A masking that gives no placeholder that stands in one of the texts of `before`: what those meant is not known any more. */
export function masking(before: Iterable<string> = []): Masking {
  const numbers = numbersIn(before);
  const placeholders = new Map<string, string>();
  const secrets = new Map<string, string>();
  let known: readonly KnownSecret[] = [];
  let learnt: readonly KnownSecret[] = [];
  /** Those of `learnt`. */
  const values = new Set<string>();
  let find = secretFinder([]);
  return {
    mask,
    know(given) {
      if (isSame(given, known)) return;
      known = given;
      find = secretFinder([...known, ...learnt]);
    },
    learn(given) {
      const fresh = given.filter((it) => !values.has(it.value));
      if (fresh.length === 0) return;
      for (const it of fresh) values.add(it.value);
      learnt = [...learnt, ...fresh];
      find = secretFinder([...known, ...learnt]);
    },
    stream: () => maskStream(mask, (text) => find(text)),
    secretBehind: (placeholder) => secrets.get(placeholder),
  };

  function mask(text: string): string {
    const spans = find(text);
    if (spans.length === 0) return text;
    const pieces = spans.map((it, index) => {
      const before = text.slice(spans[index - 1]?.to ?? 0, it.from);
      return before + placeholderFor(text.slice(it.from, it.to), it.what);
    });
    return pieces.join("") + text.slice(spans.at(-1)?.to ?? 0);
  }

  function placeholderFor(secret: string, what: string): string {
    const given = placeholders.get(secret);
    if (given !== undefined) return given;
    const number = (numbers.get(what) ?? 0) + 1;
    numbers.set(what, number);
    const placeholder = placeholderOf(what, number);
    placeholders.set(secret, placeholder);
    secrets.set(placeholder, secret);
    return placeholder;
  }
}

function isSame(a: readonly KnownSecret[], b: readonly KnownSecret[]): boolean {
  return a.length === b.length && a.every((it, index) => it.value === b[index]?.value);
}

/** More than this is not held back, in UTF-16 units: longer than any secret. */
const MAX_HELD = 64 * 1024;
const KEPT_BACK = 24 * 1024;
/** A key is no longer than this, and what names a secret stands no farther before it. */
const MAX_KEY = 20_000;
const MAX_NAME = 100;
/** Up to this, what is held is looked at with every piece; more of it, only when that much of it is new. */
const SHORT = 1_024;
const NEW_PART = 1 / 8;
/** What makes the rest of a line the place of a secret, or a line the beginning of some. */
const OPENING = /A[KS]IA|auth|key|token|secret|pass|pwd|bearer|:\/\/|BEGIN/i;

function maskStream(mask: (text: string) => string, find: SecretFinder): MaskStream {
  let held = "";
  /** How much of it was looked at and has to stay. */
  let seen = 0;
  return {
    push(piece) {
      held += piece;
      // Looking at all that is held for every piece would take the square of its length.
      if (held.length > SHORT && held.length - seen < seen * NEW_PART) return "";
      const cut = held.length > MAX_HELD ? forcedEnd(held, find) : safeEnd(held);
      const text = held.slice(0, cut);
      held = held.slice(cut);
      seen = held.length;
      return mask(text);
    },
    flush() {
      const rest = mask(held);
      held = "";
      seen = 0;
      return rest;
    },
  };
}

/** Where nothing that follows can change what is before: behind the last key block, line, or word. */
function safeEnd(text: string): number {
  const begun = text.lastIndexOf("-----BEGIN ");
  const isOpen = begun !== -1 && isKeyAt(text, begun) && text.indexOf("-----END", begun) === -1;
  if (isOpen) return text.lastIndexOf("\n", begun) + 1;
  const line = text.lastIndexOf("\n") + 1;
  if (OPENING.test(text.slice(line))) return line;
  let word = text.length;
  while (word > line && !/\s/.test(text.charAt(word - 1))) word--;
  return word;
}

function isKeyAt(text: string, begun: number): boolean {
  return /^.{0,60}PRIVATE KEY/.test(text.slice(begun, begun + 80));
}

/** In a text that is too long to be held: where a line begins, or else where no secret or its name stands; before a key. */
function forcedEnd(text: string, find: SecretFinder): number {
  const at = text.length - KEPT_BACK;
  const line = text.lastIndexOf("\n", at - 1) + 1;
  const cut = line > 0 ? line : clearOf(find(text), at);
  const begun = text.lastIndexOf("-----BEGIN ", cut);
  if (begun === -1 || cut - begun > MAX_KEY || !isKeyAt(text, begun)) return cut;
  const end = text.indexOf("-----END", begun);
  return end === -1 || end >= cut ? begun : cut;
}

function clearOf(spans: readonly SecretSpan[], at: number): number {
  const index = spans.findIndex((it) => it.to > at);
  const over = spans[index];
  return over ? Math.min(at, Math.max(spans[index - 1]?.to ?? 0, over.from - MAX_NAME)) : at;
}
