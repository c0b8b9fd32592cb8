import { join } from "node:path";
import type { Blobs } from "../world.ts";
import { nodeBlobs } from "./blobs.ts";

/** What a session has kept, also of one that is not taken up; `home` is the person's state folder. */
export function sessionBlobs(home: string, id: string): Blobs {
  return nodeBlobs(storeOf(home), join(home, "sessions", id, "blobs"));
}

/** Where all sessions of a person keep their blobs. */
export function storeOf(home: string): string {
  return join(home, "blobs");
}
