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
 * Remembers it in a file of the workspace's own storage `folder`; without one nothing is remembered. VS Code's state
 * would reach its disk only later, and in a browser not at all when the page is reloaded meanwhile.
 */
export function shownSession(folder: string | undefined): ShownSession {
  if (folder === undefined) return { get: async () => undefined, put: async () => undefined };
  const path = join(folder, "shown-session");
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
      await mkdir(folder, { recursive: true });
      await writeAtomically(path, new TextEncoder().encode(id));
    },
  };
}
