import { BINARY, binaryText } from "../text/encoding.ts";
import type { Blobs, Files } from "../world.ts";
import { type History, stepsBetween } from "./history.ts";
import { type ChangedFile, textOf } from "./images.ts";

/** A file at two moments of a session; `undefined` is "no such file". */
export interface Compared {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Whether it is no text at one of them; what stands above is nothing to be shown then. */
  readonly isBinary: boolean;
}

/**
 * The files that the session changed between two moments (numbers of events; `to` undefined: now) and that differ, as
 * they were at both, in the order of their paths. Rejects when a kept text is missing or a file cannot be read.
 */
export async function compareFiles(
  history: History | undefined,
  from: number,
  to: number | undefined,
  { files, blobs }: { readonly files: Files; readonly blobs: Blobs },
  signal: AbortSignal,
): Promise<readonly Compared[]> {
  const later: ReadonlyMap<string, readonly ChangedFile[]> =
    to === undefined ? new Map() : stepsBetween(history, to);
  const found: Compared[] = [];
  for (const [place, [first]] of stepsBetween(history, from, to)) {
    if (!first) continue;
    const { path } = first;
    const next = later.get(place)?.[0];
    const old = { text: await textOf(first.before, blobs), isBinary: isBytes(first) };
    const young = next
      ? { text: await textOf(next.before, blobs), isBinary: isBytes(next) }
      : await presentText(path, files, signal);
    if (old.text === young.text) continue;
    found.push({ path, before: old.text, after: young.text, isBinary: old.isBinary || young.isBinary });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isBytes({ encoding }: ChangedFile): boolean {
  return encoding === BINARY.encoding;
}

async function presentText(
  path: string,
  files: Files,
  signal: AbortSignal,
): Promise<{ readonly text: string | undefined; readonly isBinary: boolean }> {
  const found = await files.read(path, signal);
  switch (found.kind) {
    case "text":
      return { text: found.text, isBinary: false };
    case "absent":
      return { text: undefined, isBinary: false };
    case "binary":
      return { text: binaryText((await files.bytes(path, signal)) ?? new Uint8Array()), isBinary: true };
    case "folder":
      throw new Error(`Cannot compare "${path}": it is a folder now.`);
    case "failed":
      throw new Error(`Cannot compare "${path}": ${found.reason}`);
  }
}
