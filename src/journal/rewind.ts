import { BINARY, binaryText, encode } from "../text/encoding.ts";
import type { Blobs, Entry, FileChange, Files, TextForm } from "../world.ts";
import { type ChangedFile, ledAway, placeOf, textOf, whyTorn } from "./images.ts";
import type { LostFile } from "./sweep.ts";

/** A file that can be made again what it was. */
export interface Restorable {
  /** Its path, as it was last named. */
  readonly path: string;
  /** What the restore does to it; "removed" only for a file that the session made. */
  readonly change: "changed" | "created" | "removed";
  /** Whether somebody else changed it since: then it is only restored when that is asked for. */
  readonly edited: boolean;
  readonly write: FileChange;
  /** Permission bits of a file that is removed, so that it can be made again with them. */
  readonly mode?: number;
}

/** What a restore would do, file by file, in the order of their paths. Files that are what they were are not named. */
export interface RestorePlan {
  readonly files: readonly Restorable[];
  /** Files that cannot be made again what they were. */
  readonly stuck: readonly LostFile[];
}

/**
 * How to make files again what they were before these steps. `steps`: what the session did to each file, the oldest
 * first, by the place where it lies; `lost`: files of which it is not known what they were. Only a regular file with one name is restored, and no link is followed.
 */
export async function restorePlan(
  steps: ReadonlyMap<string, readonly ChangedFile[]>,
  lost: readonly LostFile[],
  files: Files,
  blobs: Blobs,
  signal: AbortSignal,
): Promise<RestorePlan> {
  const found: (Restorable | LostFile)[] = [...lost];
  const unknown = new Set(lost.map(placeOf));
  for (const [place, own] of steps) {
    signal.throwIfAborted();
    if (unknown.has(place)) continue;
    const one = await restoreOf(own, files, blobs, signal);
    if (one) found.push(one);
  }
  found.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files: found.filter((it) => "write" in it), stuck: found.filter((it) => "why" in it) };
}

async function restoreOf(
  steps: readonly ChangedFile[],
  files: Files,
  blobs: Blobs,
  signal: AbortSignal,
): Promise<Restorable | LostFile | undefined> {
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first || !last) return undefined;
  const { path } = last;
  const stuck = (why: string): LostFile => ({ path, why });
  const asBytes = steps.some((it) => it.encoding === BINARY.encoding);
  const then = await imageText(first.before, first, asBytes, blobs);
  if (!then) return stuck("the kept text of it is missing");
  const entry = await files.entry(placeOf(last));
  const why = await whyNotThere(last, entry, files);
  if (why !== undefined) return stuck(why);
  const present = await presentOf(path, asBytes, files, signal);
  if ("why" in present) return stuck(present.why);
  const now = present.text;
  if (now === then.text) return undefined;
  const left = await imageText(last.after, last, asBytes, blobs);
  const edited = !left || left.text !== now || hasGap(steps);
  if (then.text === undefined && edited && isMadeByOthers(steps))
    return stuck("somebody else made it since, so it is not removed");
  const change = then.text === undefined ? "removed" : now === undefined ? "created" : "changed";
  const form = asBytes ? BINARY : { encoding: first.encoding, bom: first.bom };
  const mode = now === undefined ? steps.findLast((it) => it.mode !== undefined)?.mode : undefined;
  const more = { target: placeOf(last), ...(mode !== undefined && { mode }) };
  const write = { path, before: now, after: then.text, form, ...more };
  const removed = change === "removed" && entry?.mode !== undefined ? { mode: entry.mode } : {};
  return { path, change, edited, write, ...removed };
}

interface Text {
  /** `undefined`: there is no such file. */
  readonly text: string | undefined;
}

/** What a file was by its image, as bytes where that is asked for; `undefined`: it is not there any more, or cannot be read. */
export async function imageText(
  hash: string | undefined,
  { encoding, bom }: TextForm,
  asBytes: boolean,
  blobs: Blobs,
): Promise<Text | undefined> {
  try {
    const text = await textOf(hash, blobs);
    if (!asBytes || encoding === BINARY.encoding || text === undefined) return { text };
    const encoded = await encode(text, { encoding, bom });
    return encoded.kind === "bytes" ? { text: binaryText(encoded.bytes) } : undefined;
  } catch {
    // Its reason is the same for all of them, and the person is told it in words that fit.
    return undefined;
  }
}

async function presentOf(
  path: string,
  asBytes: boolean,
  files: Files,
  signal: AbortSignal,
): Promise<Text | { readonly why: string }> {
  const found = await files.read(path, signal);
  switch (found.kind) {
    case "absent":
      return { text: undefined };
    case "folder":
      return { why: "it is a folder now" };
    case "failed":
      return { why: found.reason };
    case "text":
      if (!asBytes) return { text: found.text };
      break;
    case "binary":
      if (!asBytes) return { why: `it is no text now (${found.why})` };
  }
  const bytes = await files.bytes(path, signal);
  return { text: bytes && binaryText(bytes) };
}

async function whyNotThere(
  file: ChangedFile,
  entry: Entry | undefined,
  files: Files,
): Promise<string | undefined> {
  if (entry?.kind === "link") return "it is a link now";
  if (entry?.kind === "folder") return "it is a folder now";
  if (entry?.kind === "other") return "it is no regular file now";
  const torn = whyTorn(entry);
  if (torn !== undefined) return torn;
  const away = await ledAway(file, files);
  return away === undefined ? undefined : `a link now leads it to ${away}`;
}

/** Whether a step did not begin with what the one before it had left: somebody changed the file in between. */
function hasGap(steps: readonly ChangedFile[]): boolean {
  return steps.some((it, index) => index > 0 && it.before !== steps[index - 1]?.after);
}

/** Whether the file that is there now came to be by another hand: once it was gone by the session's own. */
function isMadeByOthers(steps: readonly ChangedFile[]): boolean {
  return (
    steps.some((it, index) => it.after === undefined && steps[index + 1]?.before !== undefined) ||
    steps.at(-1)?.after === undefined
  );
}
