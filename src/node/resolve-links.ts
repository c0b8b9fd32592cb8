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
  const target = await readlink(path).catch(() => undefined);
  if (target !== undefined) return resolveLinks(resolve(await realParent(path, links), target), links + 1);
  const parent = dirname(path);
  return parent === path ? path : join(await resolveLinks(parent, links), path.slice(parent.length));
}

async function realParent(path: string, links: number): Promise<string> {
  return resolveLinks(dirname(path), links);
}
