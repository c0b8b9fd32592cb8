import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { isWithin } from "../text/paths.ts";

/** Full path of the first of `names` on `path`; folders inside `avoid`, and relative ones, are not looked at. */
export function findProgram(
  names: readonly string[],
  path: string,
  avoid: readonly string[] = [],
): string | undefined {
  const folders = path
    .split(delimiter)
    .filter((it) => isAbsolute(it) && !avoid.some((root) => isWithin(it, root)));
  const endings = process.platform === "win32" ? [".exe"] : [""];
  for (const name of names) {
    for (const folder of folders) {
      const found = endings.map((ending) => join(folder, name + ending)).find((it) => existsSync(it));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
