import { BINARY, binaryText } from "../text/encoding.ts";
import type { Blobs, Files } from "../world.ts";
import { type History, stepsBetween } from "./history.ts";
import type { ChangedFile } from "./images.ts";
import { imageText } from "./rewind.ts";

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
    // The same bytes are the same file, though one side was kept as a text.
    const asBytes = isBytes(first) || (next !== undefined && isBytes(next));
    const before = await kept(first, asBytes, blobs);
    const young = next
      ? { text: await kept(next, asBytes, blobs), isBinary: asBytes }
      : await presentText(path, asBytes, files, signal);
    if (before === young.text) continue;
    found.push({ path, before, after: young.text, isBinary: asBytes || young.isBinary });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function kept(step: ChangedFile, asBytes: boolean, blobs: Blobs): Promise<string | undefined> {
  const text = await imageText(step.before, step, asBytes, blobs);
  if (!text) throw new Error(`Cannot compare "${step.path}": the kept text of it is missing.`);
  return text.text;
}

function isBytes({ encoding }: ChangedFile): boolean {
  return encoding === BINARY.encoding;
}

async function presentText(
  path: string,
  asBytes: boolean,
  files: Files,
  signal: AbortSignal,
): Promise<{ readonly text: string | undefined; readonly isBinary: boolean }> {
  const found = await files.read(path, signal);
  if (asBytes && found.kind === "text")
    return { text: binaryText((await files.bytes(path, signal)) ?? new Uint8Array()), isBinary: true };
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
