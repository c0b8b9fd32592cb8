import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { atOnce } from "../../std/at-once.ts";
import { type Before, wasAbsent } from "./change.ts";
import { AT_ONCE, differing, type GitFolder, type GitTools } from "./git-folder.ts";
import { GITLINK, type Index, type IndexEntry, readIndex } from "./git-index.ts";
import { objectsBefore } from "./git-objects.ts";
import { isStill, touchedIn } from "./noted.ts";

/** Paths from the folder that may have changed, in pieces, each with what it was. */
export type Pieces = AsyncIterable<readonly (readonly [string, Before])[]>;

/** Files whose earlier content is held in memory together, at most. */
const PIECE = 32;

/** What may have changed in a git folder since it was noted; `at`: when that was, in milliseconds since 1970. */
export async function* changesInGit(
  noted: GitFolder,
  at: number,
  tools: GitTools,
  signal: AbortSignal,
): Pieces {
  const now = await differing(noted, tools, signal);
  const known = new Map(noted.noted);
  const isIndexStill = isStill(noted.indexPath, noted.index);
  // Where nothing has happened, a large index is not read.
  const isNeeded = !isIndexStill || now.paths.some((it) => !known.has(it));
  const index = isNeeded ? await indexBefore(noted, tools) : NO_INDEX;
  const moved = isIndexStill ? [] : movedEntries(index, await indexNow(noted), noted.prefix);
  const all = [...new Set([...known.keys(), ...now.paths, ...moved])];
  const touched = await touchedIn(noted.folder, all, known);
  const absent = touched.filter((it) => !known.has(it) && !index.has(noted.prefix + it));
  const doubtful = await doubtfulOnes(absent, touched, noted, tools, signal);
  for (let from = 0; from < touched.length; from += PIECE) {
    const piece = touched.slice(from, from + PIECE);
    const objects = piece.flatMap((path) => {
      const entry = known.has(path) ? undefined : index.get(noted.prefix + path);
      return entry ? [{ path, entry }] : [];
    });
    const before = await objectsBefore(objects, noted, tools, signal);
    const beforeOf = async (path: string): Promise<Before> =>
      known.get(path) ??
      before.get(path) ??
      (await wasAbsent(join(noted.folder, path), doubtful.has(path), at));
    yield await atOnce(piece, AT_ONCE, async (path) => [path, await beforeOf(path)] as const);
  }
}

/** Those that may have been there before, out of what was neither tracked nor seen: rules of what is ignored may have changed. */
async function doubtfulOnes(
  absent: readonly string[],
  touched: readonly string[],
  { folder, pins }: GitFolder,
  { git }: GitTools,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (absent.length === 0) return new Set();
  if (touched.some((it) => basename(it) === ".gitignore")) return new Set(absent);
  // A name that begins with a colon would mean something else.
  const input = absent.map((it) => `./${it}\0`).join("");
  const asked = await git.run(
    folder,
    ["check-ignore", "-z", "--stdin", "--no-index"],
    { pins, input },
    signal,
  );
  if (asked.kind === "failed" || (asked.code !== 0 && asked.code !== 1)) return new Set(absent);
  return new Set(
    asked.output
      .toString("utf8")
      .split("\0")
      .map((it) => it.slice(2)),
  );
}

async function indexBefore({ index, oidBytes }: GitFolder, { blobs }: GitTools): Promise<Index> {
  const held = index.kind === "file" && index.kept ? await blobs.get(index.kept.blob) : undefined;
  return (
    (held && readIndex(Buffer.from(held.buffer, held.byteOffset, held.byteLength), oidBytes)) ?? NO_INDEX
  );
}

async function indexNow({ indexPath, oidBytes }: GitFolder): Promise<Index> {
  const bytes = await readFile(indexPath).catch(() => undefined);
  return (bytes && readIndex(bytes, oidBytes)) ?? NO_INDEX;
}

const NO_INDEX: Index = new Map<string, IndexEntry>();

/** Paths of which the index says something else than before. */
function movedEntries(before: Index, after: Index, prefix: string): readonly string[] {
  const isOther = (path: string) => {
    const [was, is] = [before.get(path), after.get(path)];
    // What changed in a repository within is found there.
    if (was?.mode === GITLINK || is?.mode === GITLINK) return false;
    return was?.oid !== is?.oid || was?.mode !== is?.mode;
  };
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((it) => it.startsWith(prefix) && isOther(it))
    .map((it) => it.slice(prefix.length));
}
