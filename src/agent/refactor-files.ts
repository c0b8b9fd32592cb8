import type { FileText, RefactorRequest } from "../refactor/engine.ts";
import { type Plan, type Refusal, refused, type Sought } from "../refactor/plan.ts";
import type { Refactorer } from "../refactor/port.ts";
import type { Options } from "../refactor/refactoring.ts";
import { messageOf } from "../std/error-message.ts";
import { languageOf } from "../syntax/language-of.ts";
import { languages } from "../syntax/languages/all.ts";
import { withChanges } from "../text/changes.ts";
import { UTF8 } from "../text/encoding.ts";
import { absolute, baseName, extensionOf, isWithin, parentOf } from "../text/paths.ts";
import type { FileChange, Files, Search } from "../world.ts";
import { freePath, likeness, loadedBy, textAt, whyNoTarget } from "./refactor-modules.ts";

/** Most files that may use a name for it to be changed in all of them. */
const MAX_FILES = 200;
/** Lines that may have the name; with more, somebody else has to look. */
const MAX_LINES = 20_000;
/** To look for files that use a name may take so long. */
const SEARCH_MS = 15_000;

/** Languages that import from each other. */
interface Family {
  readonly languages: readonly string[];
  /** Endings of files that may hold them and are not parsed. */
  readonly opaque: readonly string[];
  /** Name of the file that stands for its folder, without ending. */
  readonly index: string;
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
];

function familyOf(path: string): Family | undefined {
  return FAMILIES.find((it) => it.languages.includes(languageOf(path)?.id ?? ""));
}

/** Whether names in a file of that path are understood, and not only its declarations. */
export function isUnderstood(path: string): boolean {
  return familyOf(path) !== undefined;
}

/** What is used to look at other files. */
export interface RefactorPorts {
  readonly refactorer: Pick<Refactorer, "plan">;
  readonly files: Pick<Files, "read" | "entry" | "list" | "resolve" | "unsaved">;
  readonly search: Pick<Search, "text">;
  /** Whether a file that nobody named may be read. */
  readonly mayRead: (path: string) => Promise<boolean>;
}

/** How often more files may be looked for, since those that were found hand a name on. */
const MAX_ROUNDS = 4;

/**
 * Plans a refactoring. Other files are looked at only where it is refused for lack of them: those of the same family of languages
 * that have the word at the place or name the file's module, below the repository's folder or, without one, `folder` or
 * the file's own. Where something goes to another file, `options.to` from `folder` or a new one, that is among them if it
 * is there, and so is what all of these load.
 */
export async function planRefactoring(
  id: string,
  request: RefactorRequest,
  options: Options,
  folder: string,
  ports: RefactorPorts,
  signal: AbortSignal,
): Promise<Plan | Refusal> {
  const strange = options.to === undefined ? undefined : whyNoTarget(options.to);
  if (strange !== undefined) return refused(`${id}.target`, strange);
  const given = options.to === undefined ? options : { ...options, to: absolute(options.to, folder) };
  const word = wordAt(request);
  const usual = word === undefined ? undefined : { words: [word], modules: [request.file.path] };
  let answer = await ports.refactorer.plan(id, request, given, signal);
  for (let round = 0, last: Sought | undefined; round < MAX_ROUNDS; round++) {
    if (answer.kind === "plan" || answer.lacks !== "others") return answer;
    const { target } = answer;
    if (target !== undefined)
      return intoTarget(id, { ...answer, target }, request, given, folder, ports, signal);
    const sought = answer.sought ?? usual;
    if (!sought || (last && isSame(last, sought))) return answer;
    const others = await filesWith(sought, request.file, folder, ports, signal);
    if (typeof others === "string") return { ...answer, reason: `${answer.reason} (${others})` };
    answer = await ports.refactorer.plan(id, { ...request, others, sought }, given, signal);
    last = sought;
  }
  return answer;
}

/** Plans what goes to another file, with that one, those that use what goes there, and all that these load. */
async function intoTarget(
  id: string,
  lacking: Refusal & { readonly target: string },
  request: RefactorRequest,
  given: Options,
  folder: string,
  ports: RefactorPorts,
  signal: AbortSignal,
): Promise<Plan | Refusal> {
  const { file } = request;
  const to = given.to ?? (await freePath(lacking.target, ports.files));
  const sought = { words: lacking.sought?.words ?? [], modules: [file.path, to] };
  const searched = await filesWith(sought, file, folder, ports, signal);
  if (typeof searched === "string") return { ...lacking, reason: `${lacking.reason} (${searched})` };
  const found = to === file.path ? [] : await textAt(to, ports, signal);
  if (typeof found === "string") return refused(`${id}.target`, `${found}.`);
  const like = found.length === 0 ? await likeness(to, ports.files) : undefined;
  if (like !== undefined)
    return refused(`${id}.like`, `"${like}" is there, and imports may take one for the other.`);
  const others = [...found, ...searched.filter((it) => it.path !== to)];
  const loaded = await loadedBy([file, ...others], ports, signal);
  return ports.refactorer.plan(id, { ...request, others, loaded }, { ...given, to }, signal);
}

function isSame(a: Sought, b: Sought): boolean {
  return a.words.length === b.words.length && a.modules.length === b.modules.length;
}

/** The name that the selection is, or that the cursor touches. */
function wordAt({ file: { text }, from, to }: RefactorRequest): string | undefined {
  const before = /[\p{ID_Continue}$]*$/u.exec(text.slice(Math.max(0, from - 200), from))?.[0] ?? "";
  const behind = /^[\p{ID_Continue}$]*/u.exec(text.slice(from, from + 200))?.[0] ?? "";
  const word = before + behind;
  const isIt = from === to || (before === "" && to - from === behind.length);
  return isIt && /^[\p{ID_Start}_$]/u.test(word) ? word : undefined;
}

/** The files that have a word or name a module, but for `file` itself; a sentence without its end when that is not certain. */
async function filesWith(
  { words, modules }: Sought,
  file: FileText,
  folder: string,
  ports: RefactorPorts,
  signal: AbortSignal,
): Promise<readonly FileText[] | string> {
  const family = familyOf(file.path);
  if (!family) return "Nobody knows which files use it";
  const own = languages.filter((it) => family.languages.includes(it.id)).flatMap((it) => it.extensions);
  const near = isWithin(file.path, folder) ? folder : parentOf(file.path);
  const root = (await repositoryOf(file.path, ports.files)) ?? near;
  const said = words.length === 0 ? "name" : `have the word ${words.join(", ")} or name`;
  const module = [...new Set(modules.map((it) => moduleOf(it, family)))].join("|");
  const patterns = [words.length === 0 ? undefined : anyOf(words), family.importing?.(module)];
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
  const opaque = paths.find((it) => family.opaque.includes(extensionOf(it)));
  if (opaque !== undefined)
    return `"${opaque}" is one of those that ${said} this file, and such files are not parsed`;
  if (paths.length > MAX_FILES) return `More than ${MAX_FILES} files ${said} this file`;
  return textsOf(paths, ports, signal);
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
  { files, mayRead }: RefactorPorts,
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

/** The nearest folder above a file with a `.git` in it. */
async function repositoryOf(path: string, files: Pick<Files, "entry">): Promise<string | undefined> {
  for (let at = parentOf(path); ; at = parentOf(at)) {
    if (await files.entry(`${at}/.git`)) return at;
    if (at === parentOf(at)) return undefined;
  }
}

/** What a plan makes of the files as they are now; refused when one is no longer what it was made for. */
export async function changesOf(
  plan: Plan,
  files: Pick<Files, "read">,
  signal: AbortSignal,
): Promise<readonly FileChange[] | Refusal> {
  const all: FileChange[] = [];
  for (const { path, before, changes } of plan.files) {
    const found = await files.read(path, signal);
    const now = found.kind === "text" ? found.text : undefined;
    if (now !== before || (found.kind !== "text" && found.kind !== "absent"))
      return refused("stale", `"${path}" changed while this was planned. Try again.`);
    const form = found.kind === "text" ? found.form : UTF8;
    all.push({ path, before, after: withChanges(before ?? "", changes), form });
  }
  return all;
}
