import { type BigIntStats, lstatSync } from "node:fs";
import { join } from "node:path";
import { once } from "../../std/once.ts";
import type { Before } from "./change.ts";
import type { IndexEntry } from "./git-index.ts";
import type { Noted } from "./noted.ts";

/** A path from the folder and what was known of the file there. */
type Former = readonly [path: string, before: Noted | IndexEntry | undefined];

/**
 * Tells what a path from `folder` was: `before`, which may be nothing. But it is lost when the file there now was not
 * made after `at` (milliseconds since 1970), nor is it one of the `former` ones, in its place or moved: taking back would
 * remove what may have been there, ignored. Where an `ignored` file was, or below such a folder (with a slash at its
 * end), being made later says nothing: it may have been written anew.
 */
export function arrivals(
  folder: string,
  at: number,
  former: readonly Former[],
  ignored: readonly string[],
): (path: string, before: Before | undefined) => Before {
  const known = new Map(former);
  const wasIgnored = once(() => new Set(ignored));
  const moved = once(() => new Set(former.flatMap((it) => departed(folder, it))));
  return (path, before) => (isStranger(path) ? STRANGER : (before ?? { kind: "absent" }));

  /** A trip up the folders: what is ignored whole is named once. */
  function isIgnored(path: string): boolean {
    const names = wasIgnored();
    if (names.has(path)) return true;
    for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1))
      if (names.has(path.slice(0, at + 1))) return true;
    return false;
  }

  function isStranger(path: string): boolean {
    const found = entryAt(join(folder, path));
    // Where files do not know when they were made, they know when they last changed.
    const isYoung = found && Number(found.birthtimeMs || found.ctimeMs) >= at - SLACK_MS;
    if (!found || (isYoung && !isIgnored(path))) return false;
    const before = known.get(path);
    const own = before && identityOf(before);
    // A time alone does not tell a file that was written from another.
    if (own?.startsWith("time")) return false;
    return !identitiesOf(found).some((it) => it === own || moved().has(it));
  }
}

const STRANGER: Before = {
  kind: "lost",
  why: "the file there now may have been there before, and was not known",
};

/** The clock of files may be behind by this, in milliseconds. */
const SLACK_MS = 20;

/** What a file is known by that is no longer at its path. */
function departed(folder: string, [path, before]: Former): readonly string[] {
  const identity = before && identityOf(before);
  if (identity === undefined) return [];
  const found = entryAt(join(folder, path));
  return found && identitiesOf(found).includes(identity) ? [] : [identity];
}

/** What stays with a file when it is moved; `undefined` when that was not noted. */
function identityOf(before: Noted | IndexEntry): string | undefined {
  if ("kind" in before) return before.kind === "file" ? `noted ${before.stamp.split(" ").at(-1)}` : undefined;
  if (before.inode !== 0) return `inode ${before.inode}`;
  // git on Windows knows no inodes.
  return before.seconds === 0 ? undefined : `time ${before.size} ${before.seconds} ${before.nanoseconds}`;
}

/** All that a file may be known by: git keeps 32 bits of an inode. */
function identitiesOf({ ino, size, mtimeNs }: BigIntStats): readonly string[] {
  const [seconds, nanoseconds] = [mtimeNs / 1_000_000_000n, mtimeNs % 1_000_000_000n];
  return [`noted ${Number(ino)}`, `inode ${ino & 0xffffffffn}`, `time ${size} ${seconds} ${nanoseconds}`];
}

function entryAt(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
