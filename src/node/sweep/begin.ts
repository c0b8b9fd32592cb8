import { existsSync } from "node:fs";
import { atOnce } from "../../std/at-once.ts";
import { isWithin } from "../../text/paths.ts";
import type { Blobs } from "../../world.ts";
import { reasonOf } from "../system-error.ts";
import { type Git, hardenedGit } from "./git.ts";
import { noteGit } from "./git-folder.ts";
import { type Lister, MAX_LISTED, noteListed } from "./listed-folder.ts";
import type { Manifest } from "./manifest.ts";
import { type Keeper, keeper, type Remembered } from "./noted.ts";

/** What a process's sweeps share. */
export interface Means {
  readonly git: Git | undefined;
  readonly lister: Lister | undefined;
  readonly isOwn: (path: string) => boolean;
  readonly now: () => number;
  readonly memoryOf: (blobs: Blobs) => Remembered;
  /** Folders that a session goes through no more, which it said once, and until when, in milliseconds since 1970. */
  readonly refusedIn: (blobs: Blobs) => Map<string, number>;
}

/** Means for the programs at these paths; a program that is `undefined` is not used. */
export function meansOf(tools: {
  readonly git: string | undefined;
  readonly ripgrep: string | undefined;
  readonly env: Parameters<typeof hardenedGit>[1];
  readonly own: string;
  readonly now: () => number;
}): Means {
  const { env, now, ripgrep } = tools;
  const memories = new WeakMap<Blobs, Remembered>();
  const refused = new WeakMap<Blobs, Map<string, number>>();
  const isOwn = (path: string) => path.startsWith(tools.own) && isWithin(path, tools.own);
  return {
    git: tools.git === undefined ? undefined : hardenedGit(tools.git, env),
    lister: ripgrep === undefined ? undefined : { ripgrep, env, isOwn },
    isOwn,
    now,
    memoryOf(blobs) {
      const memory: Remembered = memories.get(blobs) ?? new Map();
      memories.set(blobs, memory);
      return memory;
    },
    refusedIn(blobs) {
      const folders = refused.get(blobs) ?? new Map<string, number>();
      refused.set(blobs, folders);
      return folders;
    },
  };
}

/** Notes what is in the folders, those within others once. */
export async function noteFolders(
  roots: readonly string[],
  means: Means,
  blobs: Blobs,
  signal: AbortSignal,
): Promise<Manifest> {
  const at = means.now();
  const outer = roots.filter((it, index) => !roots.some((other, place) => covers(other, place, it, index)));
  const keep = keeper(blobs, means.memoryOf(blobs), means.now);
  const found = await atOnce(outer, 2, (it) => noteFolder(it, means, blobs, keep, signal));
  const parts = found.flatMap((it) => (typeof it === "string" ? [] : it));
  return { format: 2, at, parts, notes: found.filter((it) => typeof it === "string") };
}

function covers(outer: string, place: number, inner: string, index: number): boolean {
  return place !== index && isWithin(inner, outer) && (inner !== outer || place < index);
}

/** A folder that takes too long is not tried again for this long, in milliseconds. */
const AGAIN_MS = 10 * 60 * 1000;

/** By git where it knows the folder, else by a list; a sentence when neither will do. */
async function noteFolder(
  folder: string,
  means: Means,
  blobs: Blobs,
  keep: Keeper,
  signal: AbortSignal,
): Promise<Manifest["parts"] | string> {
  const { git, lister, isOwn, now } = means;
  const refused = means.refusedIn(blobs);
  if ((refused.get(folder) ?? 0) > now() || !existsSync(folder)) return [];
  const failed = (why: string) => `What commands change in "${folder}" cannot be taken back: ${why}.`;
  const refuse = (why: string, until = Number.POSITIVE_INFINITY) => {
    refused.set(folder, until);
    return failed(why);
  };
  try {
    const inGit =
      git && (await unlessFailed(noteGit(folder, { git, blobs, keeper: keep, isOwn }, signal), signal));
    if (inGit) return inGit;
    if (!lister)
      return refuse(
        "it is in no git repository that can be read, and there is no ripgrep (rg) to list its files",
      );
    const listed = await noteListed(folder, lister, keep, signal);
    return listed
      ? [listed]
      : refuse(`it is in no git repository that can be read, and has more than ${MAX_LISTED} files`);
  } catch (error) {
    if (signal.aborted && !isTimeout(signal.reason)) throw error;
    return signal.aborted
      ? refuse("going through it takes too long", now() + AGAIN_MS)
      : failed(reasonOf(error));
  }
}

/** A repository that git cannot read is a folder like any other. */
async function unlessFailed<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await work;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === "TimeoutError";
}
