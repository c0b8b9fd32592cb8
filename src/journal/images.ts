import type { Blobs, FileChange } from "../world.ts";

/** What a file was and became, as names of blobs; `undefined` is "no such file". */
export interface ChangedFile {
  /** Absolute path. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly encoding: string;
  readonly bom: boolean;
}

/** Keeps both texts of each file for good, so that the change can be taken back or, after a crash, judged. */
export function keepImages(changes: readonly FileChange[], blobs: Blobs): Promise<readonly ChangedFile[]> {
  const put = async (text: string | undefined) =>
    text === undefined ? undefined : blobs.put(new TextEncoder().encode(text));
  return Promise.all(
    changes.map(async (it) => {
      const { path, form } = it;
      const [before, after] = await Promise.all([put(it.before), put(it.after)]);
      return { path, before, after, encoding: form.encoding, bom: form.bom };
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
