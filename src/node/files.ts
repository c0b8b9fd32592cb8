import { lstat, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { decode } from "../text/encoding.ts";
import type { Entry, Files, Found } from "../world.ts";
import { lazy } from "./lazy.ts";
import { resolveLinks } from "./resolve-links.ts";
import { isAbsence, reasonOf } from "./system-error.ts";
import { sweepTemporary, writeAtomically } from "./write-atomically.ts";
import { writeFiles } from "./write-files.ts";

/** A text larger than this is not read whole. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The files of this machine. `writeFile` replaces one file's bytes, all or nothing. */
export function nodeFiles({ writeFile = writeAtomically } = {}): Files {
  return {
    read: readText,
    bytes: readBytes,
    write: (changes, signal) => writeFiles(changes, writeFile, signal),
    entry: entryOf,
    list: listFolder,
    sweep: sweepTemporary,
    resolve: (path) => resolveLinks(path),
  };
}

async function readText(path: string, signal: AbortSignal): Promise<Found> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { kind: "folder" };
    // Reading a pipe or a device may never end.
    if (!found.isFile()) return { kind: "failed", reason: `Cannot read "${path}": it is no ordinary file` };
    if (found.size > MAX_BYTES) {
      const size = `${Math.round(found.size / 1024 / 1024)} MiB`;
      return {
        kind: "failed",
        reason: `Cannot read "${path}": at ${size} it is too large; search it instead`,
      };
    }
    const bytes = await readFile(path, { signal });
    const hash = lazy.crypto.createHash("sha256").update(bytes).digest("hex");
    const decoded = await decode(bytes);
    if (decoded.kind === "binary") return { kind: "binary", size: bytes.length, hash, why: decoded.why };
    return { ...decoded, hash, unsaved: false };
  } catch (error) {
    signal.throwIfAborted();
    if (isAbsence(error)) return { kind: "absent" };
    return { kind: "failed", reason: `Cannot read "${path}": ${reasonOf(error)}` };
  }
}

async function readBytes(path: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path, { signal }));
  } catch (error) {
    signal.throwIfAborted();
    if (isAbsence(error)) return undefined;
    throw new Error(`Cannot read "${path}": ${reasonOf(error)}`);
  }
}

async function entryOf(path: string): Promise<Entry | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return undefined;
  const kind = found.isFile()
    ? "file"
    : found.isDirectory()
      ? "folder"
      : found.isSymbolicLink()
        ? "link"
        : "other";
  return { path, kind, size: found.size, modified: Math.round(found.mtimeMs) };
}

async function listFolder(path: string): Promise<readonly Entry[]> {
  const names = await readdir(path).catch(() => []);
  const entries = await Promise.all(names.sort().map((name) => entryOf(join(path, name))));
  // A file may vanish between the listing and the look at it.
  return entries.filter((it) => it !== undefined);
}
