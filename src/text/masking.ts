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
  let find = secretFinder([]);
  return {
    mask,
    know(given) {
      if (isSame(given, known)) return;
      known = given;
      find = secretFinder([...known, ...learnt]);
    },
    learn(given) {
      learnt = [...learnt, ...given];
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
/** What makes the rest of a line the place of a secret, or a line the beginning of some. */
const OPENING = /A[KS]IA|auth|key|token|secret|pass|pwd|bearer|:\/\/|BEGIN/i;

function maskStream(mask: (text: string) => string, find: SecretFinder): MaskStream {
  let held = "";
  return {
    push(piece) {
      const text = held + piece;
      const cut = text.length > MAX_HELD ? outside(find(text), text.length - KEPT_BACK) : safeEnd(text);
      held = text.slice(cut);
      return mask(text.slice(0, cut));
    },
    flush() {
      const rest = mask(held);
      held = "";
      return rest;
    },
  };
}

/** Where nothing that follows can change what is before: behind the last key block, line, or word. */
function safeEnd(text: string): number {
  const begun = text.lastIndexOf("-----BEGIN ");
  const isKey = begun !== -1 && /^.{0,60}PRIVATE KEY/.test(text.slice(begun, begun + 80));
  const isOpen = isKey && text.indexOf("-----END", begun) === -1;
  const line = text.lastIndexOf("\n") + 1;
  if (isOpen) return text.lastIndexOf("\n", begun) + 1;
  if (OPENING.test(text.slice(line))) return line;
  const word = /[^\s]*$/.exec(text.slice(line))?.index ?? 0;
  return line + word;
}

function outside(spans: readonly SecretSpan[], at: number): number {
  const over = spans.find((it) => it.from < at && it.to > at);
  return over?.from ?? at;
}
