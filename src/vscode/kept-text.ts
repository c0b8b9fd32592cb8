import { sessionBlobs } from "../node/session-blobs.ts";

/** The text a session kept under a hash; "" when there was no file. */
export async function keptText(home: string, id: string, hash: string | undefined): Promise<string> {
  if (hash === undefined) return "";
  const bytes = await sessionBlobs(home, id).get(hash);
  return new TextDecoder().decode(bytes ?? new Uint8Array());
}
