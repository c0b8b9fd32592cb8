import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/paths.ts";
import { baseName, parentOf } from "../../src/text/paths.ts";
import type { Disk } from "../../src/typescript/disk.ts";

/** Where the compiler finds its libraries on such a disk. */
export const LIBRARIES = "/libraries";

/** A disk that holds these files, by absolute path, and the compiler's library of ECMAScript 5, which is read soon. */
export function memoryDisk(files: Readonly<Record<string, string>>): Disk {
  const folders = new Set([LIBRARIES]);
  for (const path of Object.keys(files))
    for (let at = parentOf(path); at !== parentOf(at); at = parentOf(at)) folders.add(at);
  const read = (path: string) =>
    files[path] ?? (parentOf(path) === LIBRARIES ? library(baseName(path)) : undefined);
  return {
    read,
    isFile: (path) => read(path) !== undefined,
    isFolder: (path) => folders.has(path),
    folders: (path) => [...folders].filter((it) => parentOf(it) === path).map(baseName),
    real: (path) => path,
  };
}

function library(name: string): string | undefined {
  if (name === "lib.esnext.full.d.ts") return '/// <reference lib="es5" />';
  return name === "lib.es5.d.ts"
    ? readFileSync(join(root, "node_modules/typescript-js/lib", name), "utf8")
    : undefined;
}
