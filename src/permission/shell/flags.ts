import type { UseKind, Word } from "./line.ts";

/** What a flag's value, or an operand, is to a program: a path in some use, or just text. */
export type Role = Exclude<UseKind, "mention" | "history"> | "text";

/** A path as a command names it, not yet read from any folder. */
export interface NamedUse {
  readonly as: Exclude<UseKind, "mention">;
  readonly word: Word;
}

/** The arguments of a command sorted by a table of flags. */
export interface Sorted {
  /** Flags that were given, with their values. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly Word[];
  /** Paths among the values of flags. */
  readonly uses: readonly NamedUse[];
}

/**
 * Flags as a program takes them, blanks between: `-a`, `--all`, `-NUM` for a number; `=` behind it: takes a value, `=read`
 * (or another role): which is a path; `[=]`: a value only behind a sign of equality.
 */
export type FlagTable = string;

/** The arguments sorted, or why they cannot be, as the end of a sentence: an unknown flag, or one that is not written out. */
export function sorted(words: readonly Word[], table: FlagTable): Sorted | string {
  const sorting: Sorting = { known: flagsOf(table), flags: new Map(), uses: [], rest: [...words] };
  const operands: Word[] = [];
  const { rest, flags, uses } = sorting;
  for (let word = rest.shift(); word; word = rest.shift()) {
    const { text, kind } = word;
    if (kind === "literal" && text === "--") {
      operands.push(...rest);
      break;
    }
    if (!text.startsWith("-") || text === "-") {
      operands.push(word);
      continue;
    }
    // A pattern in a value can only stand for the same flag with other values.
    const isPlain = kind === "literal" || (kind === "glob" && /^--[\w-]+=/.test(text));
    if (!isPlain) return `the flag ${text} is not plain text`;
    const wrong = text.startsWith("--") ? long(sorting, text) : short(sorting, text);
    if (wrong !== undefined) return wrong;
  }
  return { flags, operands, uses };
}

/** Arguments being sorted. */
interface Sorting {
  readonly known: ReadonlyMap<string, Flag>;
  readonly flags: Map<string, readonly string[]>;
  readonly uses: NamedUse[];
  /** What is still to be looked at. */
  readonly rest: Word[];
}

function long(sorting: Sorting, text: string): string | undefined {
  const at = text.indexOf("=");
  const name = at === -1 ? text : text.slice(0, at);
  const flag = sorting.known.get(name);
  if (!flag || (at !== -1 && !flag.value)) return unknownFlag(name);
  if (at !== -1 && flag.role !== "text" && /[*?[]/.test(text))
    return `the value of ${name} is not plain text`;
  if (at !== -1) return give(sorting, name, flag, { text: text.slice(at + 1), kind: "literal" });
  return flag.value === "needed" ? next(sorting, name, flag) : give(sorting, name, flag);
}

/** A number, or letters bundled behind one dash; the first that takes a value takes what is left. */
function short(sorting: Sorting, text: string): string | undefined {
  const { known } = sorting;
  if (/^-\d+$/.test(text) && known.has("-NUM")) return give(sorting, "-NUM", PLAIN);
  for (let at = 1; at < text.length; at++) {
    const name = `-${text[at]}`;
    const flag = known.get(name);
    if (!flag) return unknownFlag(name);
    const value = text.slice(at + 1);
    if (flag.value === "needed")
      return value === ""
        ? next(sorting, name, flag)
        : give(sorting, name, flag, { text: value, kind: "literal" });
    if (flag.value === "attached" && value !== "")
      return give(sorting, name, flag, { text: value, kind: "literal" });
    give(sorting, name, flag);
  }
  return undefined;
}

function next(sorting: Sorting, name: string, flag: Flag): string | undefined {
  const word = sorting.rest.shift();
  return word ? give(sorting, name, flag, word) : `its flag ${name} has no value`;
}

function give({ flags, uses }: Sorting, name: string, { role }: Flag, word?: Word): string | undefined {
  if (word && word.kind !== "literal" && !(word.kind === "open" && role === "text"))
    return `the value of ${name} is not plain text`;
  flags.set(name, [...(flags.get(name) ?? []), ...(word ? [word.text] : [])]);
  if (word && role !== "text") uses.push({ as: role, word });
  return undefined;
}

interface Flag {
  readonly value: "needed" | "attached" | undefined;
  readonly role: Role;
}

const PLAIN: Flag = { value: undefined, role: "text" };

const tables = new Map<FlagTable, ReadonlyMap<string, Flag>>();

/** The table read; the few that there are are kept. */
function flagsOf(table: FlagTable): ReadonlyMap<string, Flag> {
  const kept = tables.get(table);
  if (kept) return kept;
  const read = new Map(table.split(/\s+/).flatMap(entry));
  tables.set(table, read);
  return read;
}

function entry(text: string): readonly (readonly [string, Flag])[] {
  const [, name, sign, role] = /^(-[^=[]+)(\[=\]|=)?(\w*)$/.exec(text) ?? [];
  if (!name) return [];
  const value = sign === "=" ? "needed" : sign ? "attached" : undefined;
  return [[name, { value, role: roleOf(role) }]];
}

const ROLES: readonly Role[] = ["read", "tree", "list", "edit", "append", "create"];

function roleOf(name: string | undefined): Role {
  return ROLES.find((it) => it === name) ?? "text";
}

function unknownFlag(name: string): string {
  return `what its flag ${name} does is not known to be harmless`;
}

/** Whether a word is this flag, as it is written out, with a value, abbreviated, or bundled with others. */
export function isFlag(word: string | undefined, flag: string): boolean {
  if (word === undefined || !word.startsWith("-")) return false;
  const [name = ""] = word.split("=");
  if (flag.startsWith("--")) return name.startsWith("--") && name.length > 2 && flag.startsWith(name);
  if (flag.length > 2) return name === flag || name === `-${flag}`;
  return !name.startsWith("--") && name.slice(1).includes(flag.slice(1));
}
