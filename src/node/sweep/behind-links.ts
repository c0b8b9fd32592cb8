import { dirname, join } from "node:path";
import { resolveLinks } from "../resolve-links.ts";

/** Tells of paths from `folder` whether a folder on the way to them is a link, so that they lie elsewhere; each folder is looked at once. */
export async function behindLinks(folder: string): Promise<(path: string) => Promise<boolean>> {
  const real = await resolveLinks(folder);
  const known = new Map<string, Promise<boolean>>();
  return (path) => {
    const parent = dirname(path);
    const found = known.get(parent) ?? leadsAway(parent);
    known.set(parent, found);
    return found;
  };

  async function leadsAway(parent: string): Promise<boolean> {
    return (await resolveLinks(join(folder, parent))) !== join(real, parent).replace(/(.)[\\/]$/, "$1");
  }
}
