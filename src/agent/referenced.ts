import type { NamePlace } from "../refactor/name-places.ts";
import type { Refactorer } from "../refactor/port.ts";
import type { TypeKnower } from "../refactor/typed.ts";
import { cutEnd } from "../text/cut.ts";
import { linesOf } from "../text/lines.ts";
import { shownPath } from "../text/paths.ts";
import type { Files, Search } from "../world.ts";
import { planRefactoring } from "./refactor-files.ts";
import { isUnderstood } from "./related-files.ts";
import { selectionIn } from "./selection.ts";

const NAME = /^[\p{ID_Start}_$#][\p{ID_Continue}$]*$/u;

/** Most files that are parsed for one name. */
const MAX_FILES = 300;
/** Most lines that may have the word. */
const MAX_LINES = 50_000;

/** What is used to find where a name stands. */
export interface ReferencePorts {
  readonly refactorer: Pick<Refactorer, "plan" | "places">;
  readonly types?: TypeKnower | undefined;
  readonly files: Pick<Files, "read" | "entry" | "list" | "resolve" | "unsaved">;
  readonly search: Pick<Search, "text" | "files">;
  readonly folder: string;
  readonly mayRead: (path: string) => Promise<boolean>;
}

/** A place in a file. */
export interface ReferencePlace extends NamePlace {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** The whole line, without blanks around. */
  readonly text: string;
}

/** Where a name stands, file by file. */
export interface References {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly places: readonly ReferencePlace[] }[];
  /** Sentences about what was not looked at, or is not certain. */
  readonly notes: readonly string[];
}

/** Every place of a name in the code at or below `path` (absolute); a sentence when it cannot be told. */
export async function placesOfName(
  name: string,
  path: string,
  ports: ReferencePorts,
  signal: AbortSignal,
): Promise<References | string> {
  if (!NAME.test(name)) return `"${name}" is no name.`;
  const pattern = `(?:^|[^\\p{L}\\p{N}_$])${name.replace(/[$#]/g, "\\$&")}(?:[^\\p{L}\\p{N}_$]|$)`;
  const found = await ports.search.text({ pattern, path }, MAX_LINES, signal);
  if (found.kind === "failed") return found.reason;
  const unsaved = (ports.files.unsaved?.() ?? []).filter((it) => it === path || it.startsWith(`${path}/`));
  const all = [...new Set([...found.lines.map((it) => it.path), ...unsaved])];
  const known = all.filter(isUnderstood);
  const looked = await placesIn(name, known.slice(0, MAX_FILES), ports, signal);
  const isCut = found.cut || known.length > MAX_FILES;
  const more = isCut ? ["There are more files with that word: name a folder further down."] : [];
  const others = all.length - known.length;
  const unknown = others === 0 ? [] : [`${countOf(others)} of other languages with that word: see Grep.`];
  return { name, files: looked.files, notes: [...looked.notes, ...more, ...unknown] };
}

async function placesIn(
  name: string,
  paths: readonly string[],
  { files, refactorer, mayRead, folder }: ReferencePorts,
  signal: AbortSignal,
): Promise<Pick<References, "files" | "notes">> {
  const all: References["files"][number][] = [];
  const notes: string[] = [];
  for (const path of paths) {
    const found = (await mayRead(path)) ? await files.read(path, signal) : undefined;
    if (found?.kind !== "text") continue;
    const answer = await refactorer.places({ path, text: found.text }, name, signal);
    if (answer.kind === "refused") notes.push(`"${shownPath(path, folder)}" was left out: ${answer.reason}`);
    else if (answer.places.length > 0) all.push({ path, places: placed(found.text, answer.places) });
  }
  return { files: all, notes };
}

function placed(text: string, places: readonly NamePlace[]): readonly ReferencePlace[] {
  const lines = linesOf(text);
  let at = 0;
  return places.map((it) => {
    while (at + 1 < lines.length && (lines[at + 1]?.from ?? 0) <= it.from) at++;
    const { from = 0, to = 0 } = lines[at] ?? {};
    return { ...it, line: at + 1, column: it.from - from + 1, text: text.slice(from, to).trim() };
  });
}

function countOf(files: number): string {
  return files === 1 ? "1 file" : `${files} files`;
}

/**
 * Every place of the very thing whose name stands at `selection` in a file, and no namesake: what a rename would
 * change. Where that is not certain, every place of the name, which is said. A sentence when it cannot be told.
 */
export async function placesOfThing(
  path: string,
  selection: string,
  ports: ReferencePorts,
  signal: AbortSignal,
): Promise<References | string> {
  const { files, folder } = ports;
  const found = await files.read(path, signal);
  if (found.kind !== "text") return `"${shownPath(path, folder)}" cannot be read.`;
  const at = selectionIn(found.text, selection);
  if (typeof at === "string") return at;
  const name = nameAt(found.text, at.from);
  if (name === undefined) return `No name stands at ${selection}.`;
  const request = { file: { path, text: found.text }, ...at, isForPlaces: true };
  const plan = await planRefactoring(
    "rename",
    request,
    { name: `${name}${UNLIKELY}` },
    folder,
    ports,
    signal,
  );
  if (plan.kind === "refused") {
    const all = await placesOfName(name, folder, ports, signal);
    const note = `By the name alone, namesakes too; which of them mean the same is not certain: ${plan.reason}`;
    return typeof all === "string" ? all : { ...all, notes: [note, ...all.notes] };
  }
  const changed = new Map(plan.files.map((it) => [it.path, new Set(it.changes.map((one) => one.from))]));
  const { files: looked, notes } = await placesIn(name, [...changed.keys()], ports, signal);
  const own = looked.map((it) => ({
    ...it,
    places: it.places.filter((one) => changed.get(it.path)?.has(one.from)),
  }));
  return { name, files: own, notes: [...notes, ...plan.warnings] };
}

/** No name ends so. */
const UNLIKELY = "_renamed_by_wheelhouse";

function nameAt(text: string, offset: number): string | undefined {
  const before = /[\p{ID_Continue}$#]*$/u.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? "";
  const behind = /^[\p{ID_Continue}$#]*/u.exec(text.slice(offset, offset + 200))?.[0] ?? "";
  const name = before + behind;
  return NAME.test(name) ? name : undefined;
}

/** For people and models: those that declare it first, then in the order of the paths. */
export function referencesText({ name, files, notes }: References, folder: string, most: number): string {
  const declares = (it: References["files"][number]) => it.places.some((one) => one.kind === "declaration");
  const ordered = [...files].sort((a, b) => Number(declares(b)) - Number(declares(a)));
  const parts = ordered.map(({ path, places }) => {
    const rows = places.map(
      (it) => `${`${it.line}:${it.column}`.padStart(8)} ${it.kind.padEnd(11)} ${it.text.slice(0, MAX_LINE)}`,
    );
    return [shownPath(path, folder), ...rows].join("\n");
  });
  const body = parts.length === 0 ? `No code has the name "${name}".` : cutEnd(parts.join("\n"), most);
  return [body, ...notes.map((it) => `(${it})`)].join("\n");
}

const MAX_LINE = 200;
