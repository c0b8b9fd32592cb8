import { closeSync, existsSync, openSync, utimesSync } from "node:fs";
import { readFile, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { never } from "../std/abort.ts";
import type { Blobs } from "../world.ts";
import { packed, unpacked } from "./blob-form.ts";
import { lazy } from "./lazy.ts";
import { readWhole } from "./read-file.ts";
import { isAbsence, reasonOf } from "./system-error.ts";
import { makeFolder, sync, syncContent, syncFolder, writeAll, writeAtomically } from "./write-atomically.ts";

/**
 * Blobs in `store`, which all sessions may share: one file for each content, named by its hash. `session` is the folder
 * of one session, for texts that the model reads; older versions kept its blobs there, and they are still found.
 */
export function nodeBlobs(store: string, session = store): Blobs {
  const nameKept = folderSync(store);
  /** Those that are on the disk for certain. */
  const forced = new Set<string>();
  return { put, get, keep };

  async function put(bytes: Uint8Array): Promise<string> {
    const hash = hashOf(bytes);
    const path = blobPath(store, hash);
    const isThere = (await isWanted(path, hash)) && (forced.has(hash) || (await isForced(path, nameKept)));
    // One cut short by a crash is known by its hash and written anew, so a new name needs no second one.
    if (!isThere) await writeNew(path, await packed(bytes), nameKept);
    forced.add(hash);
    return hash;
  }

  async function get(hash: string): Promise<Uint8Array | undefined> {
    if (!isHash(hash)) return undefined;
    const file = await readIf(blobPath(store, hash));
    const bytes = file ? await unpacked(file) : await readIf(join(session, hash));
    if (!file && !bytes) return undefined;
    if (bytes && hashOf(bytes) === hash) return bytes;
    throw new Error(`Cannot use blob ${hash} in "${file ? store : session}": its content has changed`);
  }

  async function keep(name: string, text: string): Promise<string> {
    const kept = keptFolder(session);
    await makeFolder(kept, 0o700);
    const bytes = new TextEncoder().encode(text);
    const safe =
      name
        .replace(/[^\w.-]+/g, "-")
        .replace(/^[.-]+/, "")
        .slice(0, 60) || "result";
    const path = join(kept, `${safe}-${hashOf(bytes).slice(0, 12)}.txt`);
    await writeAtomically(path, bytes);
    return path;
  }
}

/** Where the file of a blob lies in a store: all in one folder, so that forcing it to disk serves all that are put at a time. */
export function blobPath(store: string, hash: string): string {
  return join(store, hash);
}

/** Whether a text is the name of a blob. */
export function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/**
 * Whether the blob is there, whole; it then counts as young, so that nobody who cleans takes it for forgotten. Who
 * cleans may have been quicker, so it is looked for once more.
 */
async function isWanted(path: string, hash: string): Promise<boolean> {
  const file = await readWhole(path, Number.POSITIVE_INFINITY, UNSTOPPED).catch(() => undefined);
  const bytes = file && !("kind" in file) && (await unpacked(file));
  if (!bytes || hashOf(bytes) !== hash) return false;
  try {
    const now = new Date();
    utimesSync(path, now, now);
    return existsSync(path);
  } catch {
    return false;
  }
}

const UNSTOPPED = never();

async function readIf(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw new Error(`Cannot read "${path}": ${reasonOf(error)}`);
  }
}

/** Durable when it resolves, name and bytes. What another process began to write meanwhile is replaced. */
async function writeNew(path: string, bytes: Uint8Array, nameKept: () => Promise<void>): Promise<void> {
  const file = openedNew(path);
  if (file === undefined) {
    await makeFolder(dirname(path), 0o700);
    return writeAtomically(path, bytes);
  }
  try {
    await writeAll(file, bytes);
    await Promise.all([sync(file), nameKept()]);
  } catch (error) {
    await unlink(path).catch(() => undefined);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Whether a blob that is there could be forced to disk, for who wrote it may have been killed before it was. */
async function isForced(path: string, nameKept: () => Promise<void>): Promise<boolean> {
  try {
    // Windows forces only what may be written.
    const file = openSync(path, "r+");
    // Its content alone: its time has just been set, which would take a turn of the disk of its own.
    await Promise.all([syncContent(file), nameKept()]).finally(() => closeSync(file));
    return true;
  } catch {
    return false;
  }
}

/** A file that was not there before. */
function openedNew(path: string): number | undefined {
  try {
    return openSync(path, "wx", 0o600);
  } catch {
    return undefined;
  }
}

/** Forces the names in `folder` to disk; all who ask before the next time begins share it. */
function folderSync(folder: string): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= last.then(() => {
      next = undefined;
      last = syncFolder(folder).catch(() => undefined);
      return last;
    });
    return next;
  };
}

function hashOf(bytes: Uint8Array): string {
  return lazy.crypto.createHash("sha256").update(bytes).digest("hex");
}

/** Where `keep` puts texts for the model to read. */
export function keptFolder(folder: string): string {
  return join(folder, "kept");
}
