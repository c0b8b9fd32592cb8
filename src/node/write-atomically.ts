import {
  closeSync,
  fchmodSync,
  fchownSync,
  fdatasync,
  fstatSync,
  fsync,
  openSync,
  renameSync,
  writeFile as writeFileLater,
  writeFileSync,
} from "node:fs";
import { mkdir, open, readdir, rename, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { isAlive } from "./is-alive.ts";
import { lazy } from "./lazy.ts";

/**
 * Writes `bytes` to `path` so that a crash at any moment leaves the old content or the new: a temporary file in the
 * same folder, fsync, rename, fsync of the folder. Mode and owner of an existing file are kept. Rejects with the
 * system's error; then `path` is as before and no temporary file is left. `check` is called just before the old content
 * is replaced, with nothing in between; when it throws, so does this, and all is as before.
 */
export async function writeAtomically(path: string, bytes: Uint8Array, check?: () => void): Promise<void> {
  const before = await stat(path).catch(() => undefined);
  const temporary = join(dirname(path), temporaryName());
  const mode = before ? before.mode & 0o7777 : 0o666;
  try {
    const file = openSync(temporary, "wx", mode);
    try {
      await writeAll(file, bytes);
      if (before) takeOver(file, before, mode);
      await sync(file);
    } finally {
      closeSync(file);
    }
    check?.();
    if (check) renameSync(temporary, path);
    else await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}

/** So many bytes go to the system's cache sooner than a thread could be asked for it. */
const AT_ONCE = 256 * 1024;

/** Writes all bytes to an open file; they are not yet on the disk. */
export async function writeAll(file: number, bytes: Uint8Array): Promise<void> {
  if (bytes.length <= AT_ONCE) writeFileSync(file, bytes);
  else await writeFile(file, bytes);
}

/** Forces an open file to the disk. */
export const sync: (file: number) => Promise<void> = promisify(fsync);
/** The same for what is in it, but not for its times. */
export const syncContent: (file: number) => Promise<void> = promisify(fdatasync);
const writeFile = promisify(writeFileLater);

function takeOver(file: number, owner: { readonly uid: number; readonly gid: number }, mode: number): void {
  const own = fstatSync(file);
  if (own.uid !== owner.uid || own.gid !== owner.gid) {
    try {
      fchownSync(file, owner.uid, owner.gid);
    } catch {
      // Only root may give a file away; who may not keeps it as their own, as editors do.
    }
  }
  // The mode last: a change of owner clears the set-id bits, and the mask held back others.
  fchmodSync(file, mode);
}

/** Makes the names in `folder` durable, where the system can do that (Windows cannot open folders). */
export async function syncFolder(folder: string): Promise<void> {
  const file = opened(folder);
  if (file === undefined) return;
  try {
    await sync(file).catch(() => undefined);
  } finally {
    closeSync(file);
  }
}

/** Makes `folder` and what is missing above it, all their names durable; answers the first of them that was made. */
export async function makeFolder(folder: string, mode = 0o777): Promise<string | undefined> {
  const first = await mkdir(folder, { recursive: true, mode });
  await syncMade(first, folder);
  return first;
}

/** Makes the names of the folders durable that were made for `folder`, from the `first` on, which making them answered. */
export async function syncMade(first: string | undefined, folder: string): Promise<void> {
  if (first === undefined) return;
  for (let it = folder; it.length >= first.length; it = dirname(it)) await syncFolder(dirname(it));
}

/** Makes all that stands in `folder` durable, names and bytes, but not the folder's own name. */
export async function syncTree(folder: string): Promise<void> {
  for (const it of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, it.name);
    if (it.isDirectory()) await syncTree(path);
    else if (it.isFile()) {
      // Windows forces only what may be written.
      const file = await open(path, "r+");
      await file.sync().finally(() => file.close());
    }
  }
  await syncFolder(folder);
}

function opened(folder: string): number | undefined {
  try {
    return openSync(folder, "r");
  } catch {
    return undefined;
  }
}

/** Bears the process's number, so that what a dead one left can be told from what a living one writes. */
function temporaryName(): string {
  return `.wheelhouse-${process.pid}-${lazy.crypto.randomBytes(6).toString("hex")}.tmp`;
}

/** Removes the temporary files that processes which are no more left in `folder`. */
export async function sweepTemporary(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const pid = /^\.wheelhouse-(\d+)-[0-9a-f]{12}\.tmp$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await unlink(join(folder, name)).catch(() => undefined);
  }
}
