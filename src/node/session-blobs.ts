import { join } from "node:path";
import type { Blobs } from "../world.ts";
import { nodeBlobs } from "./blobs.ts";

/** What a session has kept; for looking at a session that is not taken up, too. */
export function sessionBlobs(home: string, id: string): Blobs {
  return blobsOf(join(home, "sessions", id));
}

/** The same by the session's own folder. */
export function blobsOf(folder: string): Blobs {
  return nodeBlobs(storeOf(join(folder, "..", "..")), join(folder, "blobs"));
}

/** Where all sessions of a person keep their blobs; `home` is the person's state folder. */
export function storeOf(home: string): string {
  return join(home, "blobs");
}
