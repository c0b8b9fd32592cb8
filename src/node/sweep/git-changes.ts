import { readFile } from "node:fs/promises";
import { arrivals } from "./arrivals.ts";
import type { Before } from "./change.ts";
import { differing, filterPinsOf, type GitFolder, type GitTools } from "./git-folder.ts";
import { GITLINK, type Index, type IndexEntry, readIndex, SPARSE_FOLDER } from "./git-index.ts";
import { objectsBefore } from "./git-objects.ts";
import { isStill, touchedIn } from "./noted.ts";

/** Paths from the folder that may have changed, in pieces, each with what it was. */
export type Pieces = AsyncIterable<readonly (readonly [string, Before])[]>;

/** Files whose earlier content is held in memory together, at most. */
const PIECE = 32;

/**
 * What may have changed in a git folder since it was noted; `at`: when that was, in milliseconds since 1970. What was
 * noted of a path wins: it was dirty, so its index entry told of another content. Then the index as it was: a tracked
 * file that was not noted was clean. A path in neither was ignored, or not there.
 */
export async function* changesInGit(
  noted: GitFolder,
  at: number,
  tools: GitTools,
  signal: AbortSignal,
): Pieces {
  const pins = await filterPinsOf(noted.folder, tools.git, signal);
  if (!pins) throw new Error("the filters its repository names now cannot be switched off");
  const now = await differing({ folder: noted.folder, pins: [...noted.pins, ...pins] }, tools, signal);
  const known = new Map(noted.noted);
  const isIndexStill = isStill(noted.indexPath, noted.index);
  // Where nothing has happened, a large index is not read.
  const isNeeded = !isIndexStill || now.paths.some((it) => !known.has(it));
  const index = isNeeded ? await indexBefore(noted, tools) : NO_INDEX;
  const moved = isIndexStill || !index ? [] : movedEntries(index, await indexNow(noted), noted.prefix);
  const all = [...new Set([...known.keys(), ...now.paths, ...moved])];
  const touched = await touchedIn(noted.folder, all, known);
  const entryOf = (path: string) => index?.get(noted.prefix + path);
  const former = touched.map((it) => [it, known.get(it) ?? entryOf(it)] as const);
  const arrived = index
    ? arrivals(noted.folder, at, former, noted.ignored)
    : (_: string, before?: Before) => before ?? UNKNOWN;
  for (let from = 0; from < touched.length; from += PIECE) {
    const piece = touched.slice(from, from + PIECE);
    const objects = piece.flatMap((path) => {
      const entry = known.has(path) ? undefined : entryOf(path);
      return entry ? [{ path, entry }] : [];
    });
    const before = await objectsBefore(objects, noted, tools, signal);
    yield piece.map((path) => [path, arrived(path, known.get(path) ?? before.get(path))] as const);
  }
  if (!index && !isIndexStill) throw new Error(UNKNOWN.why);
}

const UNKNOWN = { kind: "lost", why: "what git knew of it before is no longer known" } as const;

/** `undefined` when it can no longer be read: that nothing was tracked may not be concluded from it. */
async function indexBefore({ index, oidBytes }: GitFolder, { blobs }: GitTools): Promise<Index | undefined> {
  if (index.kind === "absent") return NO_INDEX;
  if (index.kind !== "file" || !index.kept) return undefined;
  const { blob, from, length } = index.kept;
  const held = await blobs.get(blob);
  return held && readIndex(Buffer.from(held.buffer, held.byteOffset + from, length), oidBytes);
}

/** One that cannot be read has nothing: then every entry from before is looked at. */
async function indexNow({ indexPath, oidBytes }: GitFolder): Promise<Index> {
  const bytes = await readFile(indexPath).catch(() => undefined);
  return (bytes && readIndex(bytes, oidBytes)) ?? NO_INDEX;
}

const NO_INDEX: Index = new Map<string, IndexEntry>();

/** Paths of which the index says something else than before. */
function movedEntries(before: Index, after: Index, prefix: string): readonly string[] {
  const isOther = (path: string) => {
    const [was, is] = [before.get(path), after.get(path)];
    // What changed in a repository within is found there; a folder's files are not in the work tree.
    if ([was, is].some((it) => it?.mode === GITLINK || it?.mode === SPARSE_FOLDER)) return false;
    if (was?.isUnwatched && is?.isUnwatched) return false;
    return was?.oid !== is?.oid || was?.mode !== is?.mode || was?.isUnwatched !== is?.isUnwatched;
  };
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((it) => it.startsWith(prefix) && isOther(it))
    .map((it) => it.slice(prefix.length));
}
