import type { NamedUse, Role, Sorted } from "./flags.ts";
import type { Part, Word } from "./line.ts";

/** A program of which it is known when it only reads. */
export interface Program {
  /** Its names, and those of programs that take the same; of a sub-command both words, as "git log". */
  readonly names: readonly string[];
  /** Flags with which it still only reads (see `FlagTable`), any other asks; "*": whatever is given is an operand. */
  readonly flags: string;
  /** What its operands are, the last with `*` for all further ones; without it there may be none. */
  readonly operands?: string | ((given: Sorted) => string);
  /** What it looks at when no path is given. */
  readonly otherwise?: Role;
  /** Why it may do more after all, as the end of a sentence; `undefined`: it does not. */
  readonly veto?: (given: Sorted) => string | undefined;
  /** Whether operands may be known only when it runs: it prints them, whatever they say. */
  readonly prints?: boolean;
  /** Whether it prints with these arguments what git keeps of files that it need not name. */
  readonly tells?: (given: Sorted) => boolean;
  /** Takes arguments apart by itself where they are no flags and operands; a string says why it may do more. */
  readonly own?: (words: readonly Word[]) => readonly NamedUse[] | string;
  /** Whether it makes what it names, and nothing else. */
  readonly writes?: boolean;
}

/** The paths a program uses with these arguments, or why it may do more than read them. */
export function usesBy(
  program: Program,
  words: readonly Word[],
  sort: SortWords,
): readonly NamedUse[] | string {
  const loose = words.find((it) => it.kind === "loose" || it.kind === "open");
  if (program.own) return loose ? NOT_PLAIN : program.own(words);
  const given =
    program.flags === "*" ? { flags: new Map(), operands: words, uses: [] } : sort(words, program.flags);
  if (typeof given === "string") return given;
  const why = program.veto?.(given);
  if (why !== undefined) return why;
  const spec = typeof program.operands === "function" ? program.operands(given) : (program.operands ?? "");
  const roles = spec.split(" ").filter((it) => it !== "");
  const uses: NamedUse[] = [...given.uses];
  let paths = given.uses.length;
  for (const [index, word] of given.operands.entries()) {
    const role = roles[index] ?? (roles.at(-1)?.endsWith("*") ? roles.at(-1) : undefined);
    if (role === undefined)
      return `it takes no argument ${JSON.stringify(word.text)} that is known to be harmless`;
    const as = role.replace("*", "");
    if (word.kind === "loose" || word.kind === "open") {
      if (as !== "text" || !program.prints) return NOT_PLAIN;
    } else if (as === "text" && word.kind === "glob" && !program.prints) uses.push({ as: "read", word });
    else if (as !== "text" && word.text !== "-") {
      uses.push({ as: pathRole(as), word });
      paths++;
    }
  }
  const { otherwise } = program;
  if (paths === 0 && otherwise && otherwise !== "text") uses.push({ as: otherwise, word: HERE });
  if (program.tells?.(given)) uses.push({ as: "history", word: HERE });
  return uses;
}

const HERE: Word = { text: ".", kind: "literal" };
const NOT_PLAIN = "one of its arguments is known only when it runs";

type SortWords = (words: readonly Word[], table: string) => Sorted | string;

function pathRole(name: string): NamedUse["as"] {
  const all: readonly NamedUse["as"][] = ["read", "tree", "list", "edit", "append", "create"];
  return all.find((it) => it === name) ?? "read";
}

/** Folders of the system in which programs of these names are what they are called. */
const TRUSTED = /^\/(usr\/)?s?bin\/([\w.+-]+)$/;

/** The program's own name: of a path in a folder of the system its last part, else as it stands. */
export function programName(part: Pick<Part, "words">): string {
  const text = part.words[0]?.text ?? "";
  return TRUSTED.exec(text)?.[2] ?? text;
}

/** Texts of words that are known; `undefined` for one that is not. */
export function textsOf(words: readonly Word[]): readonly (string | undefined)[] {
  return words.map((it) => (it.kind === "literal" ? it.text : undefined));
}
