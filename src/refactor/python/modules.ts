import { parentOf } from "../../text/paths.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";

/**
 * Whether a module's name, as `from` writes it, means the file `path` (The Python Language Reference, section 5,
 * "The import system"). Where the folders are that absolute names begin in is not known: the last parts have to be the
 * file's, and no other file may have the same ones, unless only one of them lies where `from` would look first.
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
  const beside = `${parentOf(from)}/${rest}`;
  const rivals = all.filter((it) => it.path !== path && stemOf(it.path).endsWith(`/${rest}`));
  if (rivals.length === 0 || file === beside) return true;
  if (rivals.some((it) => stemOf(it.path) === beside)) return false;
  return refused("rename.module", `"${from}" imports "${name}", and more than one file may be meant.`);
}

/** The last part of the name that a file is imported by. */
export function moduleName(path: string): string {
  return stemOf(path).split("/").at(-1) ?? "";
}

function stemOf(path: string): string {
  return path.replace(/(\/__init__)?\.pyi?$/, "");
}
