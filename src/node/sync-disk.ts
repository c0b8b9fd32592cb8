import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import type { Disk } from "../typescript/disk.ts";

/** Longer files are no source that a person wrote, in bytes; the compiler's own library has 2 MB in one. */
const MAX_BYTES = 8 * 1024 * 1024;

/** The disk for a thread that has nothing else to do; each answer is remembered as long as this object is. */
export function syncDisk(): Disk {
  return {
    read: remembered((path) => {
      const stat = statSync(path);
      return stat.isFile() && stat.size <= MAX_BYTES ? textIn(readFileSync(path)) : undefined;
    }, undefined),
    isFile: remembered((path) => statSync(path).isFile(), false),
    isFolder: remembered((path) => statSync(path).isDirectory(), false),
    folders: remembered(
      (path) =>
        readdirSync(path, { withFileTypes: true })
          .filter((it) => it.isDirectory())
          .map((it) => it.name),
      [],
    ),
    real: (path) => remembered((it) => realpathSync(it), path)(path),
  };
}

/** What is not there, or may not be looked at, is `none`. */
function remembered<T>(look: (path: string) => T, none: T): (path: string) => T {
  const known = new Map<string, T>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    let found = none;
    try {
      found = look(path);
    } catch {}
    known.set(path, found);
    return found;
  };
}

/** Without a byte order mark, as the compiler itself reads. */
function textIn(bytes: Buffer): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isWide ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
}
