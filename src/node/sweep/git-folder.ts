import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { atOnce } from "../../std/at-once.ts";
import type { Blobs } from "../../world.ts";
import { behindLinks } from "./behind-links.ts";
import type { Git } from "./git.ts";
import { GITLINK, isInside, readIndex } from "./git-index.ts";
import type { Keeper, Noted } from "./noted.ts";
import { type Ended, namesIn } from "./output-of.ts";

/** A folder in a git work tree as it was noted; plain values, since a crash may part it from its end. */
export interface GitFolder {
  readonly kind: "git";
  /** Absolute. */
  readonly folder: string;
  /** The folder from the top of its work tree, "" or with a slash at its end. */
  readonly prefix: string;
  readonly indexPath: string;
  /** The file in which git keeps what it tracks. */
  readonly index: Noted;
  readonly oidBytes: number;
  /** Settings that switch off the repository's own filters; none: it has none. */
  readonly pins: readonly string[];
  /** What differed from the index, and what git does not know, by path from the folder. */
  readonly noted: readonly (readonly [string, Noted])[];
  /** What there was and was ignored, from the folder: files, and with a slash at the end folders that are ignored whole. */
  readonly ignored: readonly string[];
  /** Names that were left out. */
  readonly oddNames: number;
}

/** Repositories within repositories are followed so deep, and so many of them. */
const MAX_DEPTH = 4;
const MAX_WITHIN = 200;
/** Files that are looked at side by side. */
export const AT_ONCE = 16;
/** An index larger than this is of no repository that could be swept, in bytes. */
const MAX_INDEX = 200 * 1024 * 1024;

/** What the sweep of a git folder works with. */
export interface GitTools {
  readonly git: Git;
  readonly blobs: Blobs;
  readonly keeper: Keeper;
  /** Whether a path, absolute, is our own and no part of the person's work. */
  readonly isOwn: (path: string) => boolean;
}

/** Notes a folder in a git work tree and the repositories below it; `undefined` when git does not know the folder. Rejects when git's index cannot be kept whole. */
export async function noteGit(
  folder: string,
  tools: GitTools,
  signal: AbortSignal,
  depth = MAX_DEPTH,
): Promise<readonly GitFolder[] | undefined> {
  const place = await placeIn(folder, tools.git, signal);
  if (!place) return undefined;
  const [[index = ABSENT], { paths, within, oddNames }, ignored] = await Promise.all([
    tools.keeper.note([place.indexPath], MAX_INDEX),
    differing(place, tools, signal),
    ignoredOnes(place, tools.git, signal),
  ]);
  if (!isWhole(index, place)) throw new Error(`git's index for "${folder}" cannot be kept`);
  const isAway = await behindLinks(folder);
  const away = await atOnce(paths, AT_ONCE, isAway);
  const here = paths.filter((_, at) => !away[at]);
  const found = await tools.keeper.note(here.map((it) => join(folder, it)));
  const noted = [
    ...here.map((path, at) => [path, found[at] ?? ABSENT] as const),
    ...paths.filter((_, at) => away[at]).map((path) => [path, ELSEWHERE] as const),
  ];
  const own = { kind: "git", ...place, index, noted, ignored, oddNames } as const;
  if (depth === 0) return [own];
  const below = [...within, ...submodules(place)].slice(0, MAX_WITHIN);
  const more = await atOnce(below, 2, async (it) =>
    (await isAway(join(it, "x"))) ? undefined : noteGit(join(folder, it), tools, signal, depth - 1),
  );
  return [own, ...more.flatMap((it) => it ?? [])];
}

const ABSENT: Noted = { kind: "absent" };
/** Behind a link is what is somebody else's: it is not read. */
const ELSEWHERE: Noted = { kind: "other" };

/** Whether all that git tracks is in the index as it was noted; a split one (git-update-index) has a file beside it. */
function isWhole(index: Noted, { indexPath, oidBytes }: Pick<Place, "indexPath" | "oidBytes">): boolean {
  if (index.kind !== "file") return index.kind === "absent";
  if (!index.kept) return false;
  const isSplit = readdirSync(dirname(indexPath)).some((it) => it.startsWith("sharedindex."));
  return !isSplit || readIndex(readFileSync(indexPath), oidBytes) !== undefined;
}

type Place = Pick<GitFolder, "folder" | "prefix" | "indexPath" | "oidBytes" | "pins">;

async function placeIn(folder: string, git: Git, signal: AbortSignal): Promise<Place | undefined> {
  const asked = ["--is-inside-work-tree", "--show-prefix", "--git-path", "index", "--show-object-format"];
  const [where, pins] = await Promise.all([
    git.run(folder, ["rev-parse", ...asked], {}, signal),
    filterPinsOf(folder, git, signal),
  ]);
  if (where.kind === "failed" || where.code !== 0) return undefined;
  const [isInside, prefix = "", path = "", format] = where.output.toString("utf8").split("\n");
  if (isInside !== "true" || pins === undefined) return undefined;
  const oidBytes = format === "sha256" ? 32 : 20;
  return prefix !== "" && (await isIgnored(folder, git, signal))
    ? undefined
    : { folder, prefix, indexPath: resolve(folder, path), oidBytes, pins };
}

/** Nothing in a folder that its repository ignores would be seen. */
async function isIgnored(folder: string, git: Git, signal: AbortSignal): Promise<boolean> {
  const asked = await git.run(folder, ["check-ignore", "-q", "--", "."], {}, signal);
  return asked.kind === "ended" && asked.code === 0;
}

/**
 * The settings that switch off all filters a repository has now; `undefined` when that cannot be. To be asked for anew
 * before git is run: what ran meanwhile may have named others.
 */
export async function filterPinsOf(
  folder: string,
  git: Git,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const names = await git.run(
    folder,
    ["config", "-z", "--name-only", "--get-regexp", "^filter\\."],
    {},
    signal,
  );
  return names.kind === "failed" ? undefined : filterPins(names.output);
}

/** Each filter set to nothing, which git takes for none; `undefined` when one has a name that cannot be given. */
function filterPins(names: Buffer): readonly string[] | undefined {
  const keys = names
    .toString("utf8")
    .split("\0")
    .filter((it) => it !== "");
  const drivers = [...new Set(keys.map((it) => it.slice("filter.".length, it.lastIndexOf("."))))];
  if (drivers.some((it) => /[=\n\ufffd]/.test(it))) return undefined;
  return drivers.flatMap((it) => [
    `filter.${it}.clean=`,
    `filter.${it}.smudge=`,
    `filter.${it}.process=`,
    `filter.${it}.required=false`,
  ]);
}

interface Differing {
  /** From the folder. */
  readonly paths: readonly string[];
  /** Folders in which another repository begins. */
  readonly within: readonly string[];
  readonly oddNames: number;
}

/** What is not as the index says, by name: changed, removed, unmerged, and what git does not know and does not ignore. */
export async function differing(
  { folder, pins }: Pick<GitFolder, "folder" | "pins">,
  { git, isOwn }: Pick<GitTools, "git" | "isOwn">,
  signal: AbortSignal,
): Promise<Differing> {
  const changed = [
    "diff-files",
    "-z",
    "--name-only",
    "--no-renames",
    "--relative",
    "--ignore-submodules=all",
    "--no-ext-diff",
  ];
  const [tracked, others] = await Promise.all([
    git.run(folder, changed, { pins }, signal),
    git.run(folder, ["ls-files", "-z", "--others", "--exclude-standard"], { pins }, signal),
  ]);
  const names = [tracked, others].flatMap((it) => namesOf(it, folder));
  const named = names.filter((it) => it !== undefined);
  const known = named.filter((it) => isInside(it) && !isOwn(join(folder, it)));
  return {
    paths: [...new Set(known.filter((it) => !it.endsWith("/")))],
    within: known.filter((it) => it.endsWith("/")),
    oddNames: names.length - named.length,
  };
}

/** The names that git gave, `undefined` for one that is no plain text. */
function namesOf(answer: Ended, folder: string): readonly (string | undefined)[] {
  if (answer.kind === "ended" && answer.code === 0) return namesIn(answer.output);
  const why = answer.kind === "failed" ? `: ${answer.why}` : "";
  throw new Error(`git could not tell what is changed in "${folder}"${why}`);
}

/** What is not tracked and ignored, folders that are so whole as one. */
async function ignoredOnes(
  { folder, pins }: Pick<GitFolder, "folder" | "pins">,
  git: Git,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const args = ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory"];
  return namesOf(await git.run(folder, args, { pins }, signal), folder).flatMap((it) => it ?? []);
}

function submodules({ folder, prefix, oidBytes, indexPath }: Place): readonly string[] {
  const top = resolve(folder, prefix.replace(/[^/]+/g, ".."));
  if (!existsSync(join(top, ".gitmodules")) || !existsSync(indexPath)) return [];
  const links = [...(readIndex(readFileSync(indexPath), oidBytes) ?? [])];
  return links
    .filter(([path, it]) => it.mode === GITLINK && path.startsWith(prefix))
    .map(([path]) => path.slice(prefix.length))
    .filter((it) => existsSync(join(folder, it, ".git")));
}
