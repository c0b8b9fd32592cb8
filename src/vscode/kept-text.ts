import { textOf } from "../journal/images.ts";
import { sessionBlobs } from "../node/session-blobs.ts";

/** The text a session kept under a hash; "" when there was no file. Rejects when it is there no more. */
export async function keptText(home: string, id: string, hash: string | undefined): Promise<string> {
  return (await textOf(hash, sessionBlobs(home, id))) ?? "";
}
