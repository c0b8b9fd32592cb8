import { absolute, parentOf } from "../../text/paths.ts";
import type { Files, ShellParser } from "../../world.ts";
import type { NamedUse } from "./flags.ts";
import { sorted } from "./flags.ts";
import { filesInArgument, namesItsFiles } from "./git-files.ts";
import { expanded } from "./globs.ts";
import type { FileUse, Line, Part, SettledPart, UseKind, Word } from "./line.ts";
import { programName, usesBy } from "./program.ts";
import { programs } from "./programs/all.ts";
import { unreadable } from "./raw.ts";
import { understood } from "./understand.ts";
import { unwrapped } from "./wrappers.ts";

/** Where a command line would run, and by what. */
export interface Stage {
  readonly parser: ShellParser;
  readonly files: Pick<Files, "resolve" | "entry" | "list">;
  /** Name of the shell: "bash", "sh"; of another one nothing is understood. */
  readonly shell: string;
  /** Where it starts; absolute. */
  readonly folder: string;
  readonly home: string;
}

/** Shells within shells that are looked into. */
const MAX_SCRIPTS = 3;

/** Takes a command line apart, and finds out which files its commands would use and where links lead. */
export async function analysed(command: string, stage: Stage, signal: AbortSignal): Promise<Line> {
  const taken = await taken_(command, [stage.folder], MAX_SCRIPTS, stage, signal);
  if (typeof taken === "string") return { kind: "obscure", why: taken };
  const settling = { ...stage, files: askingOnce(stage.files) };
  const parts = await Promise.all(taken.map((it) => settled(it, settling)));
  return { kind: "understood", parts };
}

/** The commands of a line name the same files again and again; where a path leads is asked once a line. */
function askingOnce(files: Stage["files"]): Stage["files"] {
  const known = new Map<string, Promise<string>>();
  return {
    entry: (path) => files.entry(path),
    list: (path) => files.list(path),
    resolve(path) {
      const asked = known.get(path) ?? files.resolve(path);
      known.set(path, asked);
      return asked;
    },
  };
}

/** The commands of a line with all that wrappers start, or why it is not understood. */
async function taken_(
  command: string,
  folders: readonly string[] | undefined,
  depth: number,
  stage: Stage,
  signal: AbortSignal,
): Promise<readonly Part[] | string> {
  const odd = unreadable(command, stage.shell);
  if (odd !== undefined) return odd;
  if (depth === 0) return "its shells are nested too deeply";
  const tree = await stage.parser.parse(command, signal);
  if (tree.kind === "failed") return tree.reason;
  const read = understood(tree.root, command, { folders, home: stage.home });
  if (read.kind === "obscure") return read.why;
  const all: Part[] = [];
  for (const part of read.parts) {
    const within = await opened(part, depth, stage, signal);
    if (typeof within === "string") return within;
    all.push(...within);
  }
  return all;
}

/** The part, and behind it what it starts. */
async function opened(
  part: Part,
  depth: number,
  stage: Stage,
  signal: AbortSignal,
): Promise<readonly Part[] | string> {
  const inner = unwrapped(part);
  switch (inner.kind) {
    case "none":
      return [part];
    case "unclear":
      return [{ ...part, caution: inner.why }];
    case "command": {
      if (depth === 0) return "its wrappers are nested too deeply";
      const behind = await opened(inner.part, depth - 1, stage, signal);
      return typeof behind === "string" ? behind : [part, ...behind];
    }
    case "script": {
      const shell = inner.as === "sh" || inner.as === "dash" ? "sh" : "bash";
      const behind = await taken_(inner.script, part.folders, depth - 1, { ...stage, shell }, signal);
      if (typeof behind === "string") return `the line for ${inner.as} is not understood: ${behind}`;
      const { from, to, assignments } = part;
      return [
        part,
        ...behind.map((it) => ({
          ...it,
          from,
          to,
          isFed: it.isFed || part.isFed,
          assignments: [...assignments, ...it.assignments],
          caution: it.caution ?? inner.caution,
        })),
      ];
    }
  }
}

async function settled(part: Part, stage: Stage): Promise<SettledPart> {
  const { named: said, isReading, isWriting, why } = known(part, stage.folder);
  const named = programName(part) === "git" ? await ofGit(said, part.words, stage) : said;
  const mentions = isReading || isWriting ? [] : mentioned(part);
  const wanted: readonly { readonly as: UseKind; readonly word: Word }[] = [
    ...named,
    ...mentions.map((word) => ({ as: "mention" as const, word })),
    ...part.redirects.map(({ as, target }) => ({ as, word: { text: target, kind: "literal" as const } })),
  ];
  const folders = part.folders ?? [stage.folder];
  const found = await Promise.all(
    wanted.flatMap(({ as, word }) => folders.map((folder) => usesOf(as, word, folder, stage))),
  );
  const uses = found.flatMap((it) => (typeof it === "string" ? [] : it));
  const trouble = found.findLast((it) => typeof it === "string");
  if (trouble !== undefined) return { ...part, uses, isReading: false, isWriting: false, why: trouble };
  return { ...part, uses, isReading, isWriting, why };
}

/** What a word stands for in a folder, or why that is not known. */
async function usesOf(
  as: UseKind,
  word: Word,
  folder: string,
  stage: Stage,
): Promise<readonly FileUse[] | string> {
  const found = await expanded(word, folder, stage.files);
  return typeof found === "string" ? found : Promise.all(found.map((path) => use(as, path, folder, stage)));
}

interface Known {
  readonly named: readonly NamedUse[];
  readonly isReading: boolean;
  readonly isWriting: boolean;
  readonly why: string;
}

/** What the table of programs says to a part. */
function known(part: Part, start: string): Known {
  const nothing = { named: [], isReading: false, isWriting: false };
  if (part.words.length === 0) return { ...nothing, isReading: true, why: "" };
  if (unwrapped(part).kind !== "none" && !/^find$/.test(programName(part)))
    return { ...nothing, isReading: true, why: "" };
  if (programName(part) === "command") return { ...nothing, isReading: true, why: "" };
  const { name, words } = named(part);
  const program = programs.get(name);
  if (!program) return { ...nothing, why: `${shownName(part)} is not among the programs that only read` };
  if (name.startsWith("git ") && !isAtStart(part, start))
    return { ...nothing, why: "git may run what the folder's own settings name" };
  const uses = usesBy(program, words, sorted);
  if (typeof uses === "string") return { ...nothing, why: uses };
  const isWriting = program.writes ?? false;
  return { named: uses, isReading: !isWriting, isWriting, why: "" };
}

/** What a command of git uses, with the files in names of revisions; the history only where it names no files. */
async function ofGit(
  named: readonly NamedUse[],
  words: readonly Word[],
  { folder, files }: Stage,
): Promise<readonly NamedUse[]> {
  const operands = named.filter((it) => it.as === "read");
  const inside = operands.flatMap((it) => filesInArgument(it.word));
  const all = [...named, ...inside.map((word) => ({ as: "read" as const, word }))];
  const isBounded =
    named.some((it) => it.as === "history") && (await namesItsFiles(words, operands, folder, files));
  return isBounded ? all.filter((it) => it.as !== "history") : all;
}

function shownName(part: Part): string {
  const { name } = named(part);
  return name === "" ? "it" : name;
}

/** A repository that a folder within may be, brings settings of its own. */
function isAtStart({ folders }: Part, start: string): boolean {
  return folders?.length === 1 && folders[0] === start;
}

const HARMLESS_BEFORE = /^(--no-pager|-P|--no-optional-locks|--literal-pathspecs|--no-advice)$/;

/** The name under which a program is looked up, and its arguments. */
function named(part: Part): { readonly name: string; readonly words: readonly Word[] } {
  const name = programName(part);
  const rest = part.words.slice(1);
  if (name !== "git") return { name, words: rest };
  const at = rest.findIndex((it) => !HARMLESS_BEFORE.test(it.text));
  const verb = rest[at];
  if (verb?.kind !== "literal" || verb.text === "--version" || verb.text === "-v")
    return { name, words: rest };
  return { name: `git ${verb.text}`, words: rest.slice(at + 1) };
}

/** Words that may name files: arguments, and what stands behind a flag's sign of equality. */
function mentioned({ words }: Part): readonly Word[] {
  return words.slice(1).flatMap((word): readonly Word[] => {
    if (word.kind === "open" || word.kind === "loose" || word.text.length > 1_000) return [];
    if (!word.text.startsWith("-")) return [word, ...behindSign(word)];
    return behindSign(word);
  });
}

function behindSign({ text }: Word): readonly Word[] {
  const at = text.search(/[=:@]/);
  return at === -1 || at === text.length - 1 ? [] : [{ text: text.slice(at + 1), kind: "literal" }];
}

async function use(as: UseKind, path: string, folder: string, { files }: Stage): Promise<FileUse> {
  const asked = absolute(path, folder);
  // Both at one time: most often no link is on the way.
  const [real, there] = await Promise.all([
    resolvedAs(path, folder, files),
    as === "edit" ? files.entry(asked) : undefined,
  ]);
  const entry = as === "edit" && real !== asked ? await files.entry(real) : there;
  return { as, asked, real, exists: entry !== undefined };
}

/** Where the system would end up: a way up from a link starts where the link leads. */
async function resolvedAs(path: string, folder: string, files: Stage["files"]): Promise<string> {
  if (!/(^|[\\/])\.\.([\\/]|$)/.test(path)) return files.resolve(absolute(path, folder));
  const isFromRoot = path.startsWith("/");
  let real = isFromRoot ? "/" : await files.resolve(folder);
  for (const segment of path.split("/").filter((it) => it !== "" && it !== ".")) {
    real = segment === ".." ? parentOf(real) : await files.resolve(absolute(segment, real));
  }
  return real;
}
