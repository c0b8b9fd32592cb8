import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { codeOf } from "./system-error.ts";

/** As many links as Linux follows before it gives up with ELOOP. */
const MAX_LINKS = 40;

/**
 * `path` with every link in its existing part resolved, also links whose target does not exist; the part that does
 * not exist is kept. Rejects when links run in a circle.
 */
export async function resolveLinks(path: string): Promise<string> {
  try {
    // Waited for in a thread, since a network drive that is gone may never answer.
    return await realpath(path);
  } catch (error) {
    return nearest(path, error, 0);
  }
}

/** The same for a path that `realpath` failed on with `why`: at once, for it is done for every folder of it. */
function nearest(path: string, why: unknown, links: number): string {
  if (codeOf(why) === "ELOOP" || links > MAX_LINKS)
    throw new Error(`Cannot resolve "${path}": its links run in a circle`);
  const above = dirname(path);
  if (above === path) return path;
  const parent = resolved(above, links);
  const target = linkAt(path);
  if (target !== undefined) return resolved(resolve(parent, target), links + 1);
  return join(parent, path.slice(above.length));
}

function resolved(path: string, links: number): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    return nearest(path, error, links);
  }
}

function linkAt(path: string): string | undefined {
  try {
    // Most often nothing is there, and to throw takes longer than to look.
    const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
    return isLink ? readlinkSync(path) : undefined;
  } catch {
    return undefined;
  }
}
