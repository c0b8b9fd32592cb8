import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { readFile, stat } from "node:fs/promises";

/** A file up to this many bytes is read in one go: a thread for each of the four steps would take longer than all of them. */
const AT_ONCE = 256 * 1024;

/** What stands at a path and is not read: no file, or one above the limit. `size` in bytes. */
export interface NotRead {
  readonly kind: "folder" | "other" | "large";
  readonly size: number;
}

/**
 * All bytes of the ordinary file at `path`, if there are no more than `limit`: reading a pipe or a device may never
 * end. Rejects with the system's error, or with the signal's reason when that is aborted.
 */
export async function readWhole(path: string, limit: number, signal: AbortSignal): Promise<Buffer | NotRead> {
  // Waited for in a thread, since a network drive that is gone may never answer.
  const found = await stat(path);
  signal.throwIfAborted();
  return (
    unfit(found, limit) ?? (found.size <= AT_ONCE ? readNow(path, limit) : await readFile(path, { signal }))
  );
}

/** Why something is not read, for a person. */
export function whyNotRead({ kind, size }: NotRead): string {
  if (kind === "folder") return "it is a folder";
  return kind === "other"
    ? "it is no ordinary file"
    : `at ${Math.round(size / 1024 / 1024)} MiB it is too large`;
}

function unfit(found: Stats, limit: number): NotRead | undefined {
  const { size } = found;
  if (found.isDirectory()) return { kind: "folder", size };
  if (!found.isFile()) return { kind: "other", size };
  return size > limit ? { kind: "large", size } : undefined;
}

function readNow(path: string, limit: number): Buffer | NotRead {
  // So that a pipe which has taken the file's place meanwhile is not waited for (Windows has no such flag).
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = fstatSync(file);
    return unfit(found, limit) ?? readToEnd(file, found.size);
  } finally {
    closeSync(file);
  }
}

/** It may have grown or shrunk since its size was asked for; some files of the system say 0 and hold more. */
function readToEnd(file: number, size: number): Buffer {
  let bytes = Buffer.alloc(size + 1);
  for (let length = 0; ; ) {
    const read = readSync(file, bytes, length, bytes.length - length, null);
    length += read;
    if (read === 0) return bytes.subarray(0, length);
    if (length === bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(bytes.length)]);
  }
}
