import { parentOf } from "../../text/paths.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { STANDARD_MODULES } from "./built-in.ts";

/**
 * Whether a module's name, as `from` writes it, means the file `path` (The Python Language Reference, section 5,
 * "The import system"). Where the folders are that absolute names begin in is not known: the last parts have to be the
 * file's, and neither another file nor a module of Python may have them.
 */
export function isModule(
  name: string,
  from: string,
  path: string,
  all: readonly Source[],
): boolean | Refusal {
  const dots = /^\.+/.exec(name)?.[0].length ?? 0;
  const rest = name.slice(dots).replaceAll(".", "/");
  const file = stemOf(path);
  if (dots > 0) {
    let base = parentOf(from);
    for (let up = 1; up < dots; up++) base = parentOf(base);
    return file === (rest === "" ? base : `${base}/${rest}`);
  }
  if (!file.endsWith(`/${rest}`)) return false;
  const rival = all.find((it) => it.path !== path && stemOf(it.path).endsWith(`/${rest}`));
  if (!rival && !STANDARD_MODULES.has(name.split(".")[0] ?? "")) return true;
  return refused(
    "rename.module",
    `"${from}" imports "${name}", and whether that is "${path}" or ${rival ? `"${rival.path}"` : "Python's own"} is not certain.`,
  );
}

/** The last part of the name that a file is imported by. */
export function moduleName(path: string): string {
  return stemOf(path).split("/").at(-1) ?? "";
}

function stemOf(path: string): string {
  return path.replace(/(\/__init__)?\.pyi?$/, "");
}
