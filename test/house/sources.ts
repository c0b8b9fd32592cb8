import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A TypeScript file of the repository. */
export interface Source {
  /** From the repository's folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** A file of the repository, or a package's name. */
  readonly target: string;
  /** Only types: nothing is loaded for it at run time. */
  readonly isType: boolean;
}

/** Files that git knows or would take, with that ending, below those folders. */
export function files(ending: string, ...folders: readonly string[]): readonly string[] {
  const listed = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "--", ...folders],
    { cwd: root, encoding: "utf8" },
  );
  return listed.split("\n").filter((it) => it.endsWith(ending) && existsSync(join(root, it)));
}

export function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** All TypeScript below `folders`. */
export function sources(...folders: readonly string[]): readonly Source[] {
  return files(".ts", ...folders).map((path) => {
    const text = read(path);
    return { path, text, imports: importsOf(path, text) };
  });
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g;

function importsOf(path: string, text: string): readonly Import[] {
  return [...text.matchAll(IMPORT)].map(([, type, from, dynamic]) => {
    const named = from ?? dynamic ?? "";
    const target = named.startsWith(".") ? posix.normalize(posix.join(posix.dirname(path), named)) : named;
    return { target, isType: type !== undefined };
  });
}

/** The room of a file in src: its first folder, or its own name when it stands at the top. */
export function roomOf(path: string): string {
  const [first = "", second = "", third] = path.split("/");
  if (first !== "src") return first;
  return third === undefined ? second.replace(/\.ts$/, "") : second;
}

/** `path` as seen from the repository's folder. */
export function shown(path: string): string {
  return relative(root, path);
}
