import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { decode } from "../text/encoding.ts";
import type { Entry, Files, Found } from "../world.ts";
import { lazy } from "./lazy.ts";
import { type NotRead, readWhole, whyNotRead } from "./read-file.ts";
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
    const bytes = await readWhole(path, MAX_BYTES, signal);
    if ("kind" in bytes) return notText(path, bytes);
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

function notText(path: string, found: NotRead): Found {
  if (found.kind === "folder") return { kind: "folder" };
  const more = found.kind === "large" ? "; search it instead" : "";
  return { kind: "failed", reason: `Cannot read "${path}": ${whyNotRead(found)}${more}` };
}

async function readBytes(path: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
  try {
    const bytes = await readWhole(path, Number.POSITIVE_INFINITY, signal);
    if ("kind" in bytes) throw new Error(whyNotRead(bytes));
    return new Uint8Array(bytes);
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
  const { size, nlink: names, mode } = found;
  return { path, kind, size, modified: Math.round(found.mtimeMs), names, mode: mode & 0o7777 };
}

async function listFolder(path: string): Promise<readonly Entry[]> {
  const names = await readdir(path).catch(() => []);
  const entries = await Promise.all(names.sort().map((name) => entryOf(join(path, name))));
  // A file may vanish between the listing and the look at it.
  return entries.filter((it) => it !== undefined);
}
