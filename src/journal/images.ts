import type { Blobs, Entry, FileChange, Files } from "../world.ts";

/** What a file was and became, as names of blobs; `undefined` is "no such file". */
export interface ChangedFile {
  /** Absolute path. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly encoding: string;
  readonly bom: boolean;
  /** Permission bits that a file had which was removed. */
  readonly mode?: number;
  /** Where the path's links led when it was changed; absent when `path` was no link and lay behind none. */
  readonly target?: string;
}

/** Where a change was made. */
export function placeOf({ path, target }: Pick<ChangedFile, "path" | "target">): string {
  return target ?? path;
}

/** Where the path's links lead now when that is not where the change was made, which must then not be written there; else `undefined`. */
export async function ledAway(file: ChangedFile, files: Files): Promise<string | undefined> {
  const now = await files.resolve(file.path).catch(() => "nowhere");
  return now === placeOf(file) ? undefined : now;
}

/** Why the file at `entry` must not be replaced: other names of it would keep what it was; `undefined`: it has none. */
export function whyTorn(entry: Entry | undefined): string | undefined {
  if (entry?.kind !== "file" || entry.names === undefined || entry.names < 2) return undefined;
  return `it has ${entry.names} names (hard links), and what they have in common would be torn apart`;
}

/** Keeps both texts of each file for good, so that the change can be taken back or, after a crash, judged. */
export function keepImages(changes: readonly FileChange[], blobs: Blobs): Promise<readonly ChangedFile[]> {
  const put = async (text: string | undefined) =>
    text === undefined ? undefined : blobs.put(new TextEncoder().encode(text));
  return Promise.all(
    changes.map(async (it) => {
      const { path, form, target } = it;
      const [before, after] = await Promise.all([put(it.before), put(it.after)]);
      const image = { path, before, after, encoding: form.encoding, bom: form.bom };
      return target === undefined || target === path ? image : { ...image, target };
    }),
  );
}

/** The text a blob holds; rejects when the blob is gone, for then nothing may be decided on it. */
export async function textOf(hash: string | undefined, blobs: Blobs): Promise<string | undefined> {
  if (hash === undefined) return undefined;
  const bytes = await blobs.get(hash);
  if (!bytes)
    throw new Error(`The kept text ${hash} of this session is missing, so its change cannot be taken back.`);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
