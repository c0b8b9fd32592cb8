import { type Hidden, hiddenBy, hidingGlobs, IGNORE_FILE, type IgnoreFile } from "../permission/hidden.ts";
import { ignoreRules } from "../permission/ignore-rules.ts";
import { never } from "../std/abort.ts";
import { isWithin, parentOf } from "../text/paths.ts";
import type { Entry, Files, Search } from "../world.ts";

/** What the ignore files of a workspace hide. */
export interface Veil {
  /** What is hidden of `paths`, and of what may stand below `folders`; all absolute. */
  readonly over: (paths: readonly string[], folders?: readonly string[]) => Promise<Hidden>;
  /** Globs that spare a search in `folder` most of what is hidden; it is not all. */
  readonly globs: (folder: string) => Promise<readonly string[]>;
}

/** Longer ignore files are not read: all beside them counts as hidden. In bytes. */
const MAX_SIZE = 1024 * 1024;
/** For so long a look at a folder holds, in milliseconds. */
const FRESH_MS = 200;

/** For so long it holds which ignore files lie below a folder: what asks goes through all of it itself. In milliseconds. */
const FRESH_BELOW_MS = 2_000;
/** To look through a folder may take so long; what is not known then counts as hidden. In milliseconds. */
const LOOK_BELOW_MS = 10_000;
/** So many of them are looked at; most have none. */
const MOST_BELOW = 100;

/** What a veil reads with. */
export interface VeilSetup {
  readonly files: Pick<Files, "read" | "entry">;
  readonly search: Pick<Search, "named">;
  /** Folders of the workspace, links resolved or not: an ignore file counts from each on. */
  readonly roots: () => readonly string[];
  readonly platform: string;
  readonly now: () => number;
}

/** A veil that reads ignore files when they are needed, and again when they have changed. */
export function veil(setup: VeilSetup): Veil {
  const { files, roots } = setup;
  const ignoreFileIn = ignoreFiles(setup);
  const below = reasonsBelow(setup, ignoreFileIn);
  return {
    async over(paths, folders = []) {
      const above = chains(roots(), ignoreFileIn);
      // Most workspaces have none, and a search finds many paths in few folders.
      const chainOf = new Map<string, readonly IgnoreFile[]>();
      const parents = new Set(paths.map(folderOf));
      await Promise.all([...parents].map(async (it) => chainOf.set(it, await above(it))));
      const doubtful = paths.filter((it) => chainOf.get(folderOf(it))?.length);
      const hidden = await Promise.all(
        doubtful.map(async (it) => [it, await reason(it, chainOf.get(folderOf(it)) ?? [])] as const),
      );
      const within = await Promise.all(
        folders.map(async (it) => [it, reasonAbove(await above(it)) ?? (await below(it))] as const),
      );
      return { paths: some(hidden), within: some(within) };
    },
    globs: async (folder) => hidingGlobs(folder, await chains(roots(), ignoreFileIn)(folder)),
  };

  async function reason(path: string, above: readonly IgnoreFile[]): Promise<string | undefined> {
    const asFile = hiddenBy(path, false, above);
    const asFolder = hiddenBy(path, true, above);
    if ((asFile === undefined) === (asFolder === undefined)) return asFile;
    const entry = await files.entry(path).catch(() => undefined);
    // Of what is not there, nobody knows which it will be.
    if (!entry) return asFolder ?? asFile;
    return entry.kind === "folder" ? asFolder : asFile;
  }
}

function reasonAbove(above: readonly IgnoreFile[]): string | undefined {
  const last = above.findLast((it) => it.rules.length > 0);
  return last && `${last.folder}/${IGNORE_FILE}`;
}

/** The first ignore file with a pattern in it in a folder below one, as far as that is of the workspace. */
function reasonsBelow(
  { search, roots, now }: VeilSetup,
  ignoreFileIn: (folder: string) => Promise<IgnoreFile | undefined>,
): (folder: string) => Promise<string | undefined> {
  const looks = new Map<string, { readonly at: number; readonly found: Promise<string | undefined> }>();
  return async (folder) => {
    const all = roots();
    const places = all.some((it) => isWithin(folder, it))
      ? [folder]
      : all.filter((it) => isWithin(it, folder));
    const reasons = await Promise.all(places.map(lookedThrough));
    return reasons.find((it) => it !== undefined);
  };

  function lookedThrough(folder: string): Promise<string | undefined> {
    const last = looks.get(folder);
    if (last && now() - last.at < FRESH_BELOW_MS) return last.found;
    const found = lookThrough(folder).catch(
      () => `an ignore file that may lie in ${folder}, for it takes too long to look`,
    );
    looks.set(folder, { at: now(), found });
    return found;
  }

  async function lookThrough(folder: string): Promise<string | undefined> {
    const paths = await search.named(IGNORE_FILE, folder, MOST_BELOW, AbortSignal.timeout(LOOK_BELOW_MS));
    for (const it of paths) if ((await ignoreFileIn(folderOf(it)))?.rules.length) return it;
    return undefined;
  }
}

/** As `parentOf`, for a path that is absolute and normal; quick, for there may be many. */
function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return end > 0 && !/^[A-Za-z]:$/.test(path.slice(0, end)) ? path.slice(0, end) : parentOf(path);
}

/** The ignore files in a folder and above it up to the outermost of `roots`, that one first; each folder is looked at once. */
function chains(
  roots: readonly string[],
  ignoreFileIn: (folder: string) => Promise<IgnoreFile | undefined>,
): (folder: string) => Promise<readonly IgnoreFile[]> {
  const known = new Map<string, Promise<readonly IgnoreFile[]>>();
  return above;

  function above(folder: string): Promise<readonly IgnoreFile[]> {
    const found = known.get(folder) ?? chain(folder);
    known.set(folder, found);
    return found;
  }

  async function chain(folder: string): Promise<readonly IgnoreFile[]> {
    if (!roots.some((it) => isWithin(folder, it))) return [];
    const parent = parentOf(folder);
    const [outer, own] = await Promise.all([parent === folder ? [] : above(parent), ignoreFileIn(folder)]);
    return own ? [...outer, own] : outer;
  }
}

interface Look {
  readonly at: number;
  readonly stamp: string;
  readonly file: IgnoreFile | undefined;
}

/** The ignore file of a folder as it is now, or was a moment ago; `undefined`: there is none. */
function ignoreFiles({ files, platform, now }: VeilSetup) {
  const looks = new Map<string, Promise<Look>>();
  const isCaseFolded = platform === "win32" || platform === "darwin";
  return async (folder: string): Promise<IgnoreFile | undefined> => {
    const last = await looks.get(folder);
    if (last && now() - last.at < FRESH_MS) return last.file;
    const look = lookAt(folder, last);
    looks.set(folder, look);
    return (await look).file;
  };

  async function lookAt(folder: string, last: Look | undefined): Promise<Look> {
    const path = `${folder.replace(/[\\/]$/, "")}/${IGNORE_FILE}`;
    const entry = await files.entry(path).catch(() => "failed" as const);
    const stamp = entry === "failed" ? "failed" : entry ? stampOf(entry) : "";
    const isSettled = stamp !== "failed" && !stamp.startsWith("link");
    if (last?.stamp === stamp && isSettled) return { ...last, at: now() };
    const file = stamp === "" ? undefined : await readIgnoreFile(folder, path, entry);
    return { at: now(), stamp, file };
  }

  async function readIgnoreFile(
    folder: string,
    path: string,
    entry: Entry | "failed" | undefined,
  ): Promise<IgnoreFile | undefined> {
    const isBroken = entry === "failed" || (entry?.size ?? 0) > MAX_SIZE;
    const found = isBroken ? undefined : await files.read(path, never());
    if (found?.kind === "absent" || found?.kind === "folder") return undefined;
    return { folder, rules: found?.kind === "text" ? ignoreRules(found.text, isCaseFolded) : "broken" };
  }
}

function stampOf({ kind, size, modified }: Entry): string {
  return `${kind} ${size} ${modified}`;
}

function some(pairs: readonly (readonly [string, string | undefined])[]): ReadonlyMap<string, string> {
  return new Map(pairs.flatMap(([path, why]) => (why === undefined ? [] : [[path, why] as const])));
}
