import { once } from "../std/once.ts";
import { valueFinder } from "./find-values.ts";
import { NAMED_SHAPES, NAMES } from "./named-secrets.ts";
import { DOUBTFUL_SHAPES, SECRET_SHAPES, type SecretShape } from "./secret-shapes.ts";

/** A secret in a text: offsets, and what its placeholder calls it. Never over a line's end. */
export interface SecretSpan {
  readonly from: number;
  readonly to: number;
  readonly what: string;
}

/** A value that is known to be secret, whatever it looks like. */
export interface KnownSecret {
  readonly value: string;
  readonly what: string;
}

/** Finds the secrets in a text. */
export type SecretFinder = (text: string) => readonly SecretSpan[];

/** Finds what has the shape of a secret, and the `known` values; in order, none over another. */
export function secretFinder(known: readonly KnownSecret[]): SecretFinder {
  const names = new Map(known.map((it) => [it.value, it.what]));
  const values = valueFinder([...names.keys()], isApart);
  return (text) => {
    const spans = values(text).map((it) => ({
      from: it.at,
      to: it.at + it.value.length,
      what: names.get(it.value) ?? "secret",
    }));
    return apart([...spans, ...shaped(text), ...named(text), ...awsPairs(text), ...keyBlocks(text)]);
  };
}

function apart(found: SecretSpan[]): readonly SecretSpan[] {
  if (found.length < 2) return found;
  found.sort((a, b) => a.from - b.from || b.to - a.to);
  let end = -1;
  return found.filter((it) => {
    if (it.from < end) return false;
    end = it.to;
    return true;
  });
}

interface Anchors {
  readonly shapes: ReadonlyMap<string, readonly SecretShape[]>;
  /** All anchors at once, the longer before what begins them: the text is gone through once. */
  readonly pattern: RegExp;
}

const anchorsOf = once((): Anchors => {
  const shapes = byAnchor();
  const longFirst = [...shapes.keys()].toSorted((a, b) => b.length - a.length);
  const signs = /[.*+?^${}()|[\]\\/]/g;
  return { shapes, pattern: new RegExp(longFirst.map((it) => it.replace(signs, "\\$&")).join("|"), "g") };
});

function byAnchor(): Anchors["shapes"] {
  const shapes = [...SECRET_SHAPES, ...DOUBTFUL_SHAPES];
  const anchors = new Set(shapes.flatMap((it) => it.anchors));
  const shapesOf = (anchor: string) =>
    shapes.filter((it) => it.anchors.some((own) => anchor.startsWith(own)));
  return new Map([...anchors].map((it) => [it, shapesOf(it)]));
}

function shaped(text: string): SecretSpan[] {
  const found: SecretSpan[] = [];
  const { shapes, pattern: anchors } = anchorsOf();
  anchors.lastIndex = 0;
  for (let at = anchors.exec(text); at !== null; at = anchors.exec(text)) {
    const span = spanAt(text, at.index, shapes.get(at[0]) ?? []);
    if (span) found.push(span);
    anchors.lastIndex = span ? span.to : at.index + 1;
  }
  return found;
}

function spanAt(text: string, at: number, shapes: readonly SecretShape[]): SecretSpan | undefined {
  for (const shape of shapes) {
    const { what, form, isWord } = shape;
    if (isWord && isInWord(text, at)) continue;
    form.lastIndex = at;
    const match = form.exec(text);
    if (!match) continue;
    const to = at + match[0].length;
    const isDoubtful = DOUBTFUL_SHAPES.includes(shape) && !/\d/.test(match[1] ?? "");
    if (isDoubtful || (what === "password" && isPlain(match[1] ?? ""))) continue;
    return { from: to - (match[1] ?? match[0]).length, to, what };
  }
  return undefined;
}

/** The letter of an escaped line end or tab is none of a word. */
function isInWord(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return isWordUnit(before) && !(text.charAt(at - 2) === "\\" && "nrt".includes(text.charAt(at - 1)));
}

/** ASCII letters, digits, `_` and `-`. */
function isWordUnit(unit: number): boolean {
  const lower = unit | 0x20;
  return (lower >= 97 && lower <= 122) || (unit >= 48 && unit <= 57) || unit === 95 || unit === 45;
}

/** What examples have where a password would stand. */
const PLAIN = /^(?:pass(?:word)?|pwd|secret|token|changeme|example|x+|\*+|\.+|your[-_].*|my[-_].*)$/i;

function isPlain(value: string): boolean {
  return PLAIN.test(value);
}

/** Words and numbers with signs between them: a name, such as that of a secret. */
const WORDS = /^(?:[A-Za-z]+|v?\d{1,4})(?:[-_.](?:[A-Za-z]+|v?\d{1,4}))*$/;

/** Behind it stand credentials, and no name in code. */
const SCHEME = /(?:Bearer|Basic|Token|Digest|ApiKey|Bot)[ \t]+$/i;

function named(text: string): SecretSpan[] {
  const found: SecretSpan[] = [];
  const names = NAMES;
  names.lastIndex = 0;
  for (let at = names.exec(text); at !== null; at = names.exec(text)) {
    const index = at.slice(1).findIndex((it) => it !== undefined);
    const shape = NAMED_SHAPES[index];
    if (!shape) continue;
    shape.form.lastIndex = names.lastIndex;
    const match = shape.form.exec(text);
    const value = match?.[1];
    if (!match || value === undefined || isPlain(value)) continue;
    const isToken =
      SCHEME.test(match[0].slice(0, -value.length)) && /[a-z]/.test(value) && /[A-Z\d]/.test(value);
    if (!isToken && (!isOdd(value) || WORDS.test(value))) continue;
    const to = names.lastIndex + match[0].length;
    found.push({ from: to - value.length, to, what: shape.what });
    names.lastIndex = to;
  }
  return found;
}

/**
 * Whether a value is so mixed that nobody would have written it as a word, a path or a name in code: letters and
 * digits, and at least 3 bits a character (Shannon, "A Mathematical Theory of Communication", section 6).
 */
export function isOdd(value: string): boolean {
  if (!/[A-Za-z]/.test(value) || !/\d/.test(value)) return false;
  if (/^(?:process|import|this|self|os|env|config|settings)\b/.test(value) || /^[/.]|:\/\//.test(value))
    return false;
  return entropyOf(value.slice(0, 400)) >= 3;
}

function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const it of text) counts.set(it, (counts.get(it) ?? 0) + 1);
  return [...counts.values()].reduce((sum, it) => sum - (it / text.length) * Math.log2(it / text.length), 0);
}

/** The secret key that stands behind its access key in a table or a list (AWS IAM User Guide, "Manage access keys"). */
function awsPairs(text: string): SecretSpan[] {
  if (!/A[KS]IA/.test(text)) return [];
  const pairs = text.matchAll(/A[KS]IA[A-Z0-9]{16}[ \t,"':;|]{1,20}([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/g);
  return [...pairs].map(({ 0: all, 1: key = "", index }) => {
    const to = index + all.length;
    return { from: to - key.length, to, what: "AWS secret key" };
  });
}

/** A key is no longer than this, in UTF-16 units. */
const MAX_KEY = 20_000;

/** The lines of private keys (RFC 7468; RFC 9580, section 6.2 for OpenPGP), each by itself, so that none is lost or joined. */
function keyBlocks(text: string): SecretSpan[] {
  const found: SecretSpan[] = [];
  const head = /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/y;
  let end = -1;
  for (let at = text.indexOf("-----BEGIN "); at !== -1; at = text.indexOf("-----BEGIN ", at)) {
    head.lastIndex = at;
    const opened = head.exec(text);
    at += opened ? opened[0].length : 1;
    if (!opened) continue;
    // Looked for once: a text of beginnings only would take the square of its length.
    if (end < at) end = text.indexOf("-----END", at);
    if (end === -1) end = text.length;
    const isWhole = end < text.length && end - at <= MAX_KEY;
    const body = isWhole ? text.slice(at, end) : openBody(text.slice(at, at + MAX_KEY));
    found.push(...keyLines(body, at));
    at += body.length;
  }
  return found;
}

/** What follows the beginning of a key that has no end and may be of it. */
function openBody(text: string): string {
  return /^[A-Za-z0-9+/=:,\s\\-]*/.exec(text)?.[0] ?? "";
}

/** What stands between the brackets of the placeholder of such a line. */
const TOLD_ALREADY = /^masked: private key line \d{1,6}$/;

function keyLines(body: string, from: number): readonly SecretSpan[] {
  return [...body.matchAll(/[A-Za-z0-9+/=][^\r\n]*[A-Za-z0-9+/=]/g)]
    .filter((it) => it[0].length >= 8 && !TOLD_ALREADY.test(it[0]))
    .map((it) => ({ from: from + it.index, to: from + it.index + it[0].length, what: "private key line" }));
}

/** A value that is part of a longer word is that word's; but what is long is no chance. */
function isApart(text: string, at: number, value: string): boolean {
  if (value.length >= 16) return true;
  const isWord = (it: string) => /\w/.test(it);
  const before = isWord(value.charAt(0)) && isWord(text.charAt(at - 1)) && isInWord(text, at);
  const behind = isWord(value.slice(-1)) && isWord(text.charAt(at + value.length));
  return !before && !behind;
}
