import { createHash } from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { isAbsence } from "../node/system-error.ts";
import { writeAtomically } from "../node/write-atomically.ts";

/** Remembers which session a workspace's window shows. */
export interface ShownSession {
  /** `undefined`: a new one. */
  readonly get: () => Promise<string | undefined>;
  readonly put: (id: string | undefined) => Promise<void>;
}

/**
 * Remembers it in a file of our own state folder `home`, by the `workspace`'s address; without one nothing is remembered.
 * VS Code's state would reach its disk only later, and in a browser not at all when the page is reloaded meanwhile; its
 * storage folder is another one as long as the extension host of an earlier window of the workspace is still there.
 */
export function shownSession(home: string, workspace: string | undefined): ShownSession {
  if (workspace === undefined) return { get: async () => undefined, put: async () => undefined };
  const folder = join(home, "shown");
  const path = join(folder, createHash("sha256").update(workspace).digest("hex").slice(0, 32));
  return {
    async get() {
      try {
        return await readFile(path, "utf8");
      } catch (error) {
        if (isAbsence(error)) return undefined;
        throw error;
      }
    },
    async put(id) {
      if (id === undefined) return rm(path, { force: true });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeAtomically(path, new TextEncoder().encode(id));
    },
  };
}
