import { readlink, realpath } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { codeOf } from "./system-error.ts";

/** As many links as Linux follows before it gives up with ELOOP. */
const MAX_LINKS = 40;

/**
 * `path` with every link in its existing part resolved, also links whose target does not exist; the part that does
 * not exist is kept. Rejects when links run in a circle.
 */
export async function resolveLinks(path: string, links = 0): Promise<string> {
  if (links > MAX_LINKS) throw new Error(`Cannot resolve "${path}": its links run in a circle`);
  try {
    return await realpath(path);
  } catch (error) {
    if (codeOf(error) === "ELOOP") throw new Error(`Cannot resolve "${path}": its links run in a circle`);
  }
  const above = dirname(path);
  if (above === path) return path;
  // Side by side, since for a path that does not exist this is done for every folder of it.
  const [target, parent] = await Promise.all([
    readlink(path).catch(() => undefined),
    resolveLinks(above, links),
  ]);
  if (target !== undefined) return resolveLinks(resolve(parent, target), links + 1);
  return join(parent, path.slice(above.length));
}
