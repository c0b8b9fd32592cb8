import { constants, lstatSync, readlinkSync, type Stats } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { atOnce } from "../../std/at-once.ts";
import type { Blobs } from "../../world.ts";
import { isAbsence, reasonOf } from "../system-error.ts";
import { type Bundle, bundles } from "./bundles.ts";

/** Where a file's bytes are kept: in a blob, from an offset on. */
export interface Kept {
  readonly blob: string;
  readonly from: number;
  readonly length: number;
}

/** What stood at a path. A file's bytes are in `kept`; without it `why` says, as the end of a sentence, why they are not. */
export type Noted =
  | { readonly kind: "absent" }
  | {
      readonly kind: "file";
      readonly stamp: string;
      /** Permission bits. */
      readonly mode: number;
      readonly kept?: Kept;
      readonly why?: string;
      /** So young when it was read that a change may have left its times as they are. */
      readonly isYoung?: true;
    }
  | { readonly kind: "link"; readonly to: string }
  | { readonly kind: "other" };

type File = Extract<Noted, { kind: "file" }>;

/** A file larger than this is not kept, in bytes. */
export const MAX_FILE = 10 * 1024 * 1024;
/** Files of one sweep whose bytes are kept at most, and how many bytes that may be. */
const MAX_FILES = 20_000;
const MAX_BYTES = 200 * 1024 * 1024;
/** Texts of changed files that are kept at most. */
const MAX_TEXTS = 5_000;
/** Files that are looked at side by side. */
const AT_ONCE = 16;
/** Times of files may be this coarse, in milliseconds. */
const COARSE_MS = 50;
/** After this long bytes are put again, so that nobody takes them for forgotten, in milliseconds. */
const PUT_AGAIN_MS = 6 * 60 * 60 * 1000;
const MAX_REMEMBERED = 200_000;

/** What was kept, by path; while a file's stamp is the same it need not be read again. */
export type Remembered = Map<string, { readonly stamp: string; readonly kept: Kept; readonly at: number }>;

/** Keeps files as they are now. */
export interface Keeper {
  /** What stands at each of the paths, absolute; files of at most `limit` bytes are kept while there is room. Rejects when nothing can be kept. */
  note(paths: readonly string[], limit?: number): Promise<readonly Noted[]>;
  /** Keeps bytes; `undefined` when there is no room for them. */
  keep(bytes: Uint8Array): Promise<string | undefined>;
}

/** A keeper with its own allowance, for one side of a sweep. */
export function keeper(blobs: Blobs, remembered: Remembered, now: () => number): Keeper {
  let files = MAX_FILES;
  let texts = MAX_TEXTS;
  let bytes = MAX_BYTES;
  let looks = 0;
  return {
    async note(paths, limit = MAX_FILE) {
      const into = bundles(blobs);
      const looked = await atOnce(paths, AT_ONCE, (path) => look(path, limit, into.add));
      await into.end();
      return atOnce(looked, AT_ONCE, async (it) => ("place" in it ? placed(it) : it));
    },
    async keep(content) {
      if (texts-- <= 0 || content.length > bytes) return undefined;
      bytes -= content.length;
      return blobs.put(content);
    },
  };

  async function look(path: string, limit: number, add: Bundle["add"]): Promise<Noted | Placed> {
    if (++looks % PAUSE_AFTER === 0) await pause();
    const found = entryAt(path);
    if (found === undefined) return { kind: "absent" };
    if (found === "odd") return { kind: "other" };
    if (found.isSymbolicLink()) return { kind: "link", to: linkAt(path) };
    if (!found.isFile()) return { kind: "other" };
    const file = fileOf(found, now());
    const known = remembered.get(path);
    if (known?.stamp === file.stamp && now() - known.at < PUT_AGAIN_MS) return { ...file, kept: known.kept };
    const why = tooMuch(found.size, limit, { files, bytes });
    if (why !== undefined) return { ...file, why };
    files--;
    bytes -= found.size;
    try {
      return { path, file, place: add(await bytesOf(path)) };
    } catch (error) {
      return { ...file, why: `it could not be kept: ${reasonOf(error)}` };
    }
  }

  async function placed({ path, file, place }: Placed): Promise<Noted> {
    const kept = await place;
    if (!file.isYoung) {
      if (remembered.size > MAX_REMEMBERED) remembered.clear();
      remembered.set(path, { stamp: file.stamp, kept, at: now() });
    }
    return { ...file, kept };
  }
}

/** Why a file is not kept, as the end of a sentence; `left` is the room there still is. */
function tooMuch(
  size: number,
  limit: number,
  left: { readonly files: number; readonly bytes: number },
): string | undefined {
  if (size > limit) return `it is larger than ${limit / 1024 / 1024} MB`;
  return left.files <= 0 || size > left.bytes ? "there were too many files to keep them all" : undefined;
}

/** A file that was read, and where its bytes will be. */
interface Placed {
  readonly path: string;
  readonly file: File;
  readonly place: Promise<Kept>;
}

/** The bytes of an ordinary file; rejects for a link, and for a pipe that has taken the file's place. */
export async function bytesOf(path: string): Promise<Buffer> {
  // Windows has neither flag.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** What a file's own data say of it, its bytes left aside. */
function fileOf(stats: Stats, now: number): File {
  const { size, mtimeMs, ctimeMs, ino, mode } = stats;
  const isYoung = Math.max(mtimeMs, ctimeMs) > now - COARSE_MS;
  const file = { kind: "file", stamp: `${size} ${mtimeMs} ${ctimeMs} ${ino}`, mode: mode & 0o7777 } as const;
  return isYoung ? { ...file, isYoung } : file;
}

/** Those of `paths` to which something may have happened since they were noted, and those that were not noted. */
export async function touchedIn(
  folder: string,
  paths: readonly string[],
  noted: ReadonlyMap<string, Noted>,
): Promise<readonly string[]> {
  const touched: string[] = [];
  for (const [at, path] of paths.entries()) {
    if (at % PAUSE_AFTER === 0) await pause();
    const before = noted.get(path);
    if (!before || !isStill(join(folder, path), before)) touched.push(path);
  }
  return touched;
}

/** Whether nothing at all can have happened at `path` since it was noted. */
export function isStill(path: string, before: Noted): boolean {
  const found = entryAt(path);
  if (found === "odd") return before.kind === "other";
  if (!found) return before.kind === "absent";
  if (found.isSymbolicLink()) return before.kind === "link" && before.to === linkAt(path);
  if (!found.isFile()) return before.kind === "other";
  const now = fileOf(found, 0);
  return before.kind === "file" && before.stamp === now.stamp && before.mode === now.mode && !before.isYoung;
}

/** Asked for in place: the folder has just been gone through, and a trip to a thread takes longer than ten answers. */
function entryAt(path: string): Stats | "odd" | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return isAbsence(error) ? undefined : "odd";
  }
}

function linkAt(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

/** Files after which others may have their turn. */
const PAUSE_AFTER = 256;

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
