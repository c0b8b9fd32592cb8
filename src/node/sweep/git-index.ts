/** An entry of git's index. */
export interface IndexEntry {
  /** In git's own notation, as 0o100644; 0o160000 is a repository within. */
  readonly mode: number;
  readonly oid: string;
  /** Bytes of the file in the work tree when it was last found equal. */
  readonly size: number;
  /** Low 32 bits of that file's inode, 0 where git knows none, and when it was last written. */
  readonly inode: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  /** Whether git was told not to look at the file ("assume unchanged", "skip worktree"). */
  readonly isUnwatched: boolean;
}

/** Entries by path, those of unfinished merges left out. */
export type Index = ReadonlyMap<string, IndexEntry>;

/** What git calls a repository within a repository. */
export const GITLINK = 0o160000;

/** What a sparse index has in place of all entries of a folder that is not checked out. */
export const SPARSE_FOLDER = 0o040000;

const STAT_BYTES = 40;

/**
 * Reads git's index, versions 2 to 4 (gitformat-index, https://git-scm.com/docs/gitformat-index); `undefined` when it is
 * none, or only a part of one. `oidBytes`: 20 for SHA-1, 32 for SHA-256. Names that are not UTF-8 are left out.
 */
export function readIndex(bytes: Buffer, oidBytes: number): Index | undefined {
  if (bytes.length < 12 || bytes.toString("latin1", 0, 4) !== "DIRC") return undefined;
  const version = bytes.readUInt32BE(4);
  const count = bytes.readUInt32BE(8);
  if (version < 2 || version > 4) return undefined;
  const entries = new Map<string, IndexEntry>();
  let at = 12;
  let name: Buffer = Buffer.alloc(0);
  for (let left = count; left > 0; left--) {
    const from = at;
    if (from + STAT_BYTES + oidBytes + 2 > bytes.length) return undefined;
    const flags = bytes.readUInt16BE(from + STAT_BYTES + oidBytes);
    at = from + STAT_BYTES + oidBytes + 2 + (flags & 0x4000 ? 2 : 0);
    let kept: Buffer = Buffer.alloc(0);
    if (version === 4) {
      const [cut, next] = varint(bytes, at);
      kept = name.subarray(0, Math.max(0, name.length - cut));
      at = next;
    }
    const end = bytes.indexOf(0, at);
    if (end === -1) return undefined;
    name = kept.length === 0 ? bytes.subarray(at, end) : Buffer.concat([kept, bytes.subarray(at, end)]);
    at = version === 4 ? end + 1 : from + ((end - from + 8) & ~7);
    if ((flags & 0x3000) === 0) add(entries, name, bytes, from, oidBytes);
  }
  return isPartial(bytes, at, oidBytes) ? undefined : entries;
}

function add(
  entries: Map<string, IndexEntry>,
  name: Buffer,
  bytes: Buffer,
  from: number,
  oidBytes: number,
): void {
  const path = name.toString("utf8");
  if (path.includes("\ufffd") || !isInside(path)) return;
  const flagsAt = from + STAT_BYTES + oidBytes;
  const flags = bytes.readUInt16BE(flagsAt);
  const more = flags & 0x4000 ? bytes.readUInt16BE(flagsAt + 2) : 0;
  entries.set(path, {
    seconds: bytes.readUInt32BE(from + 8),
    nanoseconds: bytes.readUInt32BE(from + 12),
    inode: bytes.readUInt32BE(from + 20),
    isUnwatched: (flags & 0x8000) !== 0 || (more & 0x4000) !== 0,
    mode: bytes.readUInt32BE(from + 24),
    size: bytes.readUInt32BE(from + 36),
    oid: bytes.toString("hex", from + STAT_BYTES, from + STAT_BYTES + oidBytes),
  });
}

/** Parts of paths that git takes from nobody (`verify_path` in its read-cache.c); Windows has more names for `.git`. */
const FORBIDDEN = /^(?:|\.|\.\.|(?:\.git|git~1)[ .]*(?::.*)?)$/i;

/** Whether a path, as git names it, stays in the work tree and out of `.git`. */
export function isInside(path: string): boolean {
  return !path
    .replace(/\/$/, "")
    .split(/[\\/]/)
    .some((it) => FORBIDDEN.test(it));
}

/** git's "offset" encoding: each further byte counts from where shorter ones end. */
function varint(bytes: Buffer, at: number): readonly [number, number] {
  let byte = bytes[at++] ?? 0;
  let value = byte & 0x7f;
  while (byte & 0x80 && at < bytes.length) {
    byte = bytes[at++] ?? 0;
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return [value, at];
}

/** A split index (extension "link") has the rest of its entries in another file. */
function isPartial(bytes: Buffer, from: number, oidBytes: number): boolean {
  for (let at = from; at + 8 <= bytes.length - oidBytes; at += 8 + bytes.readUInt32BE(at + 4)) {
    if (bytes.toString("latin1", at, at + 4) === "link") return true;
  }
  return false;
}
