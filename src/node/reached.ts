import type { Stats } from "node:fs";
import { lstat, stat } from "node:fs/promises";
import { isAbsence } from "./system-error.ts";

/** What stands at `path`, its links followed; `undefined` only when nothing does. Rejects for all else, as a link into nowhere. */
export async function reached(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (!isAbsence(error) || (await isEntry(path))) throw error;
    return undefined;
  }
}

async function isEntry(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isAbsence(error)) return false;
    throw error;
  }
}
