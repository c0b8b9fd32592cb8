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
  /** Folders that were gone through in vain once: it is said once, and not done again for every command. */
  readonly refused: Set<string>;
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
    refused: new Set(),
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
  return { format: 1, at, parts, notes: found.filter((it) => typeof it === "string") };
}

function covers(outer: string, place: number, inner: string, index: number): boolean {
  return place !== index && isWithin(inner, outer) && (inner !== outer || place < index);
}

/** By git where it knows the folder, else by a list; a sentence, once, when neither will do. */
async function noteFolder(
  folder: string,
  means: Means,
  blobs: Blobs,
  keep: Keeper,
  signal: AbortSignal,
): Promise<Manifest["parts"] | string> {
  const { git, lister, isOwn, refused } = means;
  if (refused.has(folder) || !existsSync(folder)) return [];
  const refuse = (why: string) => {
    refused.add(folder);
    return `What commands change in "${folder}" cannot be taken back: ${why}.`;
  };
  try {
    const inGit =
      git && (await unlessFailed(noteGit(folder, { git, blobs, keeper: keep, isOwn }, signal), signal));
    if (inGit) return inGit;
    if (!lister) return refuse("it is in no git repository, and there is no ripgrep (rg) to list its files");
    const listed = await noteListed(folder, lister, keep, signal);
    return listed ? [listed] : refuse(`it is in no git repository and has more than ${MAX_LISTED} files`);
  } catch (error) {
    if (signal.aborted && !isTimeout(signal.reason)) throw error;
    return refuse(isTimeout(signal.reason) ? "going through it takes too long" : reasonOf(error));
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
