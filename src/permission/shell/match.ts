import type { Rule } from "../rules.ts";
import type { Part } from "./line.ts";
import { programName } from "./program.ts";

/** A rule on commands taken apart: words, of which `*` alone stands for any. */
export interface Pattern {
  readonly words: readonly string[];
  /** Whether more words may follow. */
  readonly isPrefix: boolean;
}

/** The words of an allow rule: `git log:*` and `git log *` are the same, and `*` alone is every command. */
export function patternOf({ spec = "*" }: Pick<Rule, "spec">): Pattern {
  const cut = spec.trim().replace(/:\*$/, "");
  const words = wordsOf(cut);
  const isOpen = words.at(-1) === "*";
  return { words: isOpen ? words.slice(0, -1) : words, isPrefix: isOpen || cut !== spec.trim() };
}

/** Whether a pattern says all of a command, with nothing left open. */
export function isExact({ words, isPrefix }: Pattern): boolean {
  return !isPrefix && words.length > 0 && !words.some((it) => it.includes("*"));
}

/** How many words of its beginning a pattern says in full. */
export function saidWords({ words }: Pattern): number {
  const open = words.findIndex((it) => it.includes("*"));
  return open === -1 ? words.length : open;
}

/** Words of a command for a pattern: its program by name, `undefined` for one that is known only when it runs. */
export function comparable(part: Part): readonly (string | undefined)[] {
  const [, ...rest] = part.words;
  return [
    programName(part),
    ...rest.map((it) => (it.kind === "literal" || it.kind === "glob" ? it.text : undefined)),
  ];
}

/** Whether a pattern takes in these words, from the first to the last. What is not known fits only what is left open. */
export function fits({ words, isPrefix }: Pattern, given: readonly (string | undefined)[]): boolean {
  // What of the pattern may have been found after each word; one pass, so that time grows with the length only.
  let reached = new Set([0]);
  for (const word of given) {
    const next = new Set<number>();
    for (const at of reached) {
      const wanted = words[at];
      if (wanted === undefined) {
        if (isPrefix) next.add(at);
      } else if (wanted === "*") {
        next.add(at).add(at + 1);
      } else if (word !== undefined && fitsWord(wanted, word)) next.add(at + 1);
    }
    reached = next;
  }
  if (reached.has(words.length)) return true;
  // `npm run test*` also takes in what follows the word.
  return false;
}

function fitsWord(wanted: string, word: string): boolean {
  if (!wanted.includes("*")) return wanted === word;
  const [head = "", ...runs] = wanted.split(/\*+/);
  const tail = runs.pop() ?? "";
  if (!word.startsWith(head) || !word.endsWith(tail) || word.length < head.length + tail.length) return false;
  let at = head.length;
  for (const run of runs) {
    const found = word.indexOf(run, at);
    if (found === -1) return false;
    at = found + run.length;
  }
  return at <= word.length - tail.length;
}

/** Words between blanks, quotes around them taken away. */
function wordsOf(spec: string): readonly string[] {
  const found = spec.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
  return found.map((it) =>
    it.replace(
      /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g,
      (_, double?: string, single?: string, escaped?: string) =>
        double !== undefined ? double.replace(/\\([$`"\\])/g, "$1") : (single ?? escaped ?? ""),
    ),
  );
}
