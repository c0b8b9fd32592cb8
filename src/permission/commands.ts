import { visible } from "../text/visible.ts";
import type { Rule } from "./rules.ts";

/** Whether an allow rule is this very line, with nothing left open; hidden signs in it allow nothing. */
export function namesLine({ spec }: Rule, command: string): boolean {
  return (
    spec !== undefined && !spec.includes("*") && spec.trim() === command.trim() && visible(spec) === spec
  );
}

/**
 * Whether a deny or ask rule takes in a command line. Deliberately wide: the rule's words may stand anywhere in it, also
 * behind wrappers, assignments and quotes, and with options in between, since a denied program must not be reached by
 * spelling it differently. `*` stands for any run of characters.
 */
export function deniesCommand(rule: Rule, command: string): boolean {
  return deniesOneOf(rule, [deniable(command)], 0);
}

/** A command of a line for deny and ask rules: its words, in every way in which they may be read. */
export interface Denied {
  readonly texts: readonly (readonly string[])[];
  /** Whether the first word is the program, and nothing behind it is run. */
  readonly isAnchored: boolean;
}

/** A command by its own words, where they are all there is to it; else by its text, for it may run what stands anywhere in it. */
export function deniable(command: string, words?: readonly string[]): Denied {
  return words
    ? { texts: [words], isAnchored: true }
    : { texts: textualCommands(command), isAnchored: false };
}

/** Whether a deny or ask rule takes in the command at `index`; a rule of several commands is about a line that holds each of them. */
export function deniesOneOf(rule: Rule, all: readonly Denied[], index: number): boolean {
  if (rule.spec === undefined) return true;
  return readings(rule.spec.replace(/:\*\s*$/, "")).some((reading) => {
    const patterns = simpleCommands(reading).map(patternsOf);
    const takesIn = (it: Denied | undefined, variants: (typeof patterns)[number]) =>
      it?.texts.some((words) => variants.some((items) => occurs(items, words, it.isAnchored))) ?? false;
    return (
      patterns.some((variants) => takesIn(all[index], variants)) &&
      patterns.every((variants) => all.some((it) => takesIn(it, variants)))
    );
  });
}

/** The commands of a line as far as its text alone shows them, in every way in which it may be read. */
export function textualCommands(command: string): readonly (readonly string[])[] {
  return readings(command).flatMap(simpleCommands);
}

/** Stands for what is one word to the shell though it holds blanks. */
const FILLER = "\u0001";

/** The line with its quotes taken away, as if they were not there; and with each quoted text and substitution as one word. */
function readings(line: string): readonly string[] {
  const plain = line
    .replace(/\\\r?\n/g, "")
    .replace(/\$\{?IFS\}?/g, " ")
    .replace(/\$(?=["'])/g, "")
    .replace(/&>|>&|<&/g, ">");
  const open = plain.replace(/["'\\]/g, "");
  const grouped = plain
    .replace(/"(?:[^"\\]|\\[\s\S])*"|'[^']*'/g, (it) => it.slice(1, -1).replace(/[\s;&|]/g, FILLER))
    .replace(/\\(.)/g, (_, it: string) => it.replace(/[\s;&|]/, FILLER));
  const folded = [1, 2, 3].reduce((it) => it.replace(/\$\([^()]*\)|`[^`]*`/g, FILLER), grouped);
  return [...new Set([open, grouped, folded])];
}

function simpleCommands(line: string): readonly (readonly string[])[] {
  const commands = line.split(/[;&|\n\r]+/).map((it) => it.split(/\s+/).filter((word) => word !== ""));
  const some = commands.filter((it) => it.length > 0);
  return some.length === 0 ? [[]] : some;
}

/** A pattern of its own: any words, also none. */
const ANY = "*";

/** The words of a rule, `*` also reaching over blanks: within a word, and as a cut between two. */
function patternsOf(words: readonly string[]): readonly (readonly string[])[] {
  const whole = words.flatMap((word) => {
    if (/^\*+$/.test(word)) return [ANY];
    return [...(word.startsWith("*") ? [ANY] : []), word, ...(word.endsWith("*") ? [ANY] : [])];
  });
  const cut = whole.flatMap((it) => {
    const at = it.slice(1, -1).indexOf("*") + 1;
    return at > 0 ? [it.slice(0, at + 1), ANY, it.slice(at)] : [it];
  });
  return cut.length === whole.length ? [whole] : [whole, cut];
}

/**
 * Whether the items follow each other among the words, beginning anywhere or, anchored, at the first. Between two of them may stand options, each
 * with a value, and before an option anything. One pass with the set of all that may be so far, so that its time grows
 * with the length of the line only.
 */
function occurs(items: readonly string[], words: readonly string[], isAnchored: boolean): boolean {
  // Position 2i: the first i items were found. 2i + 1: and the last word was an option, which may have a value.
  let reached = withoutAny(items, [0]);
  if (reached.has(items.length * 2)) return true;
  for (const word of words) {
    const next = isAnchored ? [] : [0];
    for (const position of reached) next.push(...after(items, position, word));
    reached = withoutAny(items, next);
    if (reached.has(items.length * 2)) return true;
  }
  return false;
}

function after(items: readonly string[], position: number, word: string): readonly number[] {
  const index = position >> 1;
  const item = items[index];
  if (item === ANY) return [index * 2];
  if (item === undefined) return [];
  const found = fitsWord(item, word) ? [index * 2 + 2] : [];
  if (index === 0) return found;
  const isOption = word.startsWith("-") || /^\d*[<>]/.test(word);
  if (isOption) return [...found, index * 2 + 1];
  return item.startsWith("-") || position % 2 === 1 ? [...found, index * 2] : found;
}

/** `ANY` may also stand for no word at all. */
function withoutAny(items: readonly string[], positions: readonly number[]): ReadonlySet<number> {
  const all = new Set(positions);
  for (const it of all) if (items[it >> 1] === ANY) all.add((it >> 1) * 2 + 2);
  return all;
}

/** Programs are named in any case on disks that fold it; options are not. */
function fitsWord(pattern: string, word: string): boolean {
  const [wanted, given] = pattern.startsWith("-")
    ? [pattern, word]
    : [pattern.toLowerCase(), word.toLowerCase()];
  if (!wanted.includes("*")) return standsIn(wanted, given);
  return [given, ...given.split(/[^\w.:@+-]+/)].some((it) => fitsGlob(wanted, it));
}

/** Whether `name` stands in `word` by itself: behind a path or a bracket, but not as a part of a longer name. */
function standsIn(name: string, word: string): boolean {
  for (let at = word.indexOf(name); at !== -1; at = word.indexOf(name, at + 1)) {
    const before = word[at - 1] ?? " ";
    const behind = word[at + name.length] ?? " ";
    if (!/[\w.-]/.test(before) && !/[\w-]/.test(behind)) return true;
  }
  return false;
}

/** Whether the whole of `text` fits a pattern of literal runs with `*` between them; no backtracking is needed for that. */
function fitsGlob(pattern: string, text: string): boolean {
  const [head = "", ...runs] = pattern.split(/\*+/);
  const tail = runs.pop() ?? "";
  if (!text.startsWith(head)) return false;
  let at = head.length;
  for (const run of runs) {
    const found = text.indexOf(run, at);
    if (found === -1) return false;
    at = found + run.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}
