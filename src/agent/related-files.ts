import type { FileText } from "../refactor/engine.ts";
import type { Sought } from "../refactor/plan.ts";
import { messageOf } from "../std/error-message.ts";
import { languageOf } from "../syntax/language-of.ts";
import { languages } from "../syntax/languages/all.ts";
import { baseName, extensionOf, isWithin, parentOf } from "../text/paths.ts";
import type { Files, Search } from "../world.ts";

/** Most files that may use a name for it to be changed in all of them. */
const MAX_FILES = 200;
/** Most files that have a word, where they are only read. */
const MAX_READ = 2_000;
/** Lines that may have the name; with more, somebody else has to look. */
const MAX_LINES = 20_000;
/** Most files of a project whose names are told to who knows types. */
const MAX_LISTED = 20_000;
/** To look for files that use a name may take so long. */
const SEARCH_MS = 15_000;

/** Languages that import from each other. */
interface Family {
  readonly languages: readonly string[];
  /** Endings of files that may hold them and are not parsed. */
  readonly opaque: readonly string[];
  /** Name of the file that stands for its folder, without ending. */
  readonly index: string;
  /** Files that have a word are found, but who is who in them is not known. */
  readonly isFoundOnly?: true;
  /** Pattern of a line that names the module, for the name as a pattern: what hands on everything has not the word; `undefined`: nothing does. */
  readonly importing?: (module: string) => string;
}

const FAMILIES: readonly Family[] = [
  {
    languages: ["javascript", "typescript", "tsx"],
    opaque: [".vue", ".svelte", ".astro", ".mdx", ".html", ".htm"],
    index: "index",
    importing: (module) => `["'\\x60](?:[^"'\\x60]*/)?(?:${module})(?:\\.[cm]?[jt]sx?)?/?["'\\x60]`,
  },
  {
    languages: ["python"],
    opaque: [".ipynb", ".pyx", ".pxd"],
    index: "__init__",
    importing: (module) =>
      `^\\s*(?:from|import)\\b.*(?:^|[^\\p{L}\\p{N}_])(?:${module})(?:[^\\p{L}\\p{N}_]|$)`,
  },
  { languages: ["go"], opaque: [".s"], index: "" },
  {
    languages: ["java"],
    opaque: [".kt", ".kts", ".groovy", ".scala", ".jsp"],
    index: "",
    isFoundOnly: true,
  },
  { languages: ["c-sharp"], opaque: [".cshtml", ".razor", ".xaml", ".axaml", ".vb"], index: "" },
];

function familyOf(path: string): Family | undefined {
  return FAMILIES.find((it) => it.languages.includes(languageOf(path)?.id ?? ""));
}

/** Whether names in a file of that path are understood, and not only its declarations. */
export function isUnderstood(path: string): boolean {
  const family = familyOf(path);
  return family !== undefined && !family.isFoundOnly;
}

/** What is used to look at other files. */
export interface SearchPorts {
  readonly files: Pick<Files, "read" | "entry" | "list" | "resolve" | "unsaved">;
  readonly search: Pick<Search, "text" | "files">;
  /** Whether a file that nobody named may be read. */
  readonly mayRead: (path: string) => Promise<boolean>;
}

/** The files that have a word or name a module, but for `file` itself; a sentence without its end when that is not certain. */
export async function filesWith(
  { words, modules }: Sought,
  file: FileText,
  folder: string,
  ports: SearchPorts,
  signal: AbortSignal,
): Promise<readonly FileText[] | string> {
  const family = familyOf(file.path);
  if (!family) return "Nobody knows which files use it";
  const own = languages.filter((it) => family.languages.includes(it.id)).flatMap((it) => it.extensions);
  const root = await rootOf(file.path, folder, ports.files);
  const said = words.length === 0 ? "name" : `have the word ${words.join(", ")} or name`;
  const module = [...new Set(modules.map((it) => moduleOf(it, family)))].join("|");
  const naming = modules.length === 0 ? undefined : family.importing?.(module);
  const patterns = [words.length === 0 ? undefined : anyOf(words), naming];
  const query = {
    pattern: patterns.filter((it) => it !== undefined).join("|"),
    path: root,
    glob: `*.{${[...own, ...family.opaque].map((it) => it.slice(1)).join(",")}}`,
  };
  const found = await searched(query, ports.search, signal);
  if (typeof found === "string") return found;
  const self = await ports.files.resolve(file.path);
  // What is not saved may have the word by now, and a search reads the disk.
  const unsaved = (ports.files.unsaved?.() ?? []).filter((it) => own.includes(extensionOf(it)));
  const paths = [...new Set([...found, ...unsaved])].filter((it) => it !== file.path && it !== self);
  // What a page says by the way, where only words are looked for, is no code.
  const blind = modules.length > 0 ? family.opaque : family.opaque.filter((it) => !/^\.html?$/.test(it));
  const opaque = paths.find((it) => blind.includes(extensionOf(it)));
  if (opaque !== undefined)
    return `"${opaque}" is one of those that ${said} this file, and such files are not parsed`;
  const most = modules.length > 0 ? MAX_FILES : MAX_READ;
  if (paths.length > most) return `More than ${most} files ${said} this file`;
  return textsOf(
    paths.filter((it) => !family.opaque.includes(extensionOf(it))),
    ports,
    signal,
  );
}

/** A pattern for what a file is imported as: its name or, where it stands for its folder, that one's, and dots. */
function moduleOf(path: string, { index }: Family): string {
  const stem = baseName(path).replace(/\.[^.]*$/, "");
  if (stem !== index) return escaped(stem);
  return `${escaped(index)}|${escaped(baseName(parentOf(path)))}|\\.+`;
}

function anyOf(words: readonly string[]): string {
  return `(?:^|[^\\p{L}\\p{N}_$])(?:${words.map(escaped).join("|")})(?:[^\\p{L}\\p{N}_$]|$)`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

async function searched(
  query: Parameters<Search["text"]>[0],
  search: Pick<Search, "text">,
  signal: AbortSignal,
): Promise<readonly string[] | string> {
  const limit = AbortSignal.timeout(SEARCH_MS);
  try {
    const found = await search.text(query, MAX_LINES, AbortSignal.any([signal, limit]));
    if (found.kind === "failed") return found.reason;
    if (found.cut) return "Too many lines have that word";
    return [...new Set(found.lines.map((it) => it.path))];
  } catch (error) {
    signal.throwIfAborted();
    return `Looking for files that use it was given up: ${messageOf(error)}`;
  }
}

async function textsOf(
  paths: readonly string[],
  { files, mayRead }: SearchPorts,
  signal: AbortSignal,
): Promise<readonly FileText[] | string> {
  const texts: FileText[] = [];
  for (const path of paths) {
    const found = (await mayRead(path)) ? await files.read(path, signal) : undefined;
    // Its name is not told: it may be one that ignore files hide.
    if (found?.kind !== "text") return "Not all files that may use it can be read";
    texts.push({ path, text: found.text });
  }
  return texts;
}

/** Below which folder files belong together. */
export async function rootOf(path: string, folder: string, files: Pick<Files, "entry">): Promise<string> {
  const near = isWithin(path, folder) ? folder : parentOf(path);
  return (await repositoryOf(path, files)) ?? near;
}

/** The nearest folder above a file with a `.git` in it. */
async function repositoryOf(path: string, files: Pick<Files, "entry">): Promise<string | undefined> {
  for (let at = parentOf(path); ; at = parentOf(at)) {
    if (await files.entry(`${at}/.git`)) return at;
    if (at === parentOf(at)) return undefined;
  }
}

/** Absolute paths of the files below a folder that are in the languages of one, ignored ones left out. */
export async function sourcesBelow(
  folder: string,
  like: string,
  { search }: Pick<SearchPorts, "search">,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const ids = familyOf(like)?.languages ?? [];
  const all = await search.files(folder, MAX_LISTED, signal);
  return all.filter((it) => ids.includes(languageOf(it)?.id ?? ""));
}
