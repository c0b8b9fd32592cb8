import { relativeTo } from "../text/paths.ts";
import type { IgnoreRule } from "./ignore-rules.ts";

/** Name of the files whose patterns hide paths from every tool. */
export const IGNORE_FILE = ".wheelhouseignore";

/** What such files hide of the paths of one call: for each a clause that says by which line. */
export interface Hidden {
  readonly paths: ReadonlyMap<string, string>;
  /** Folders in or below which something may be hidden. */
  readonly within: ReadonlyMap<string, string>;
}

/** Nothing is hidden. */
export const NOTHING_HIDDEN: Hidden = { paths: new Map(), within: new Map() };

/** The rules of one ignore file; "broken": it cannot be read, so that everything beside and below it counts as hidden. */
export interface IgnoreFile {
  readonly folder: string;
  readonly rules: readonly IgnoreRule[] | "broken";
}

/**
 * By which line `path` (absolute) is hidden, as the end of a sentence; `undefined`: it is not. `files`: the ignore files
 * in the folders above it, the outermost first. As in git, a deeper file beats one above it, a later line an earlier
 * one, and nothing comes back below a hidden folder.
 */
export function hiddenBy(path: string, isFolder: boolean, files: readonly IgnoreFile[]): string | undefined {
  const [outer] = files;
  const relative = outer && relativeTo(path, outer.folder);
  if (relative === undefined || relative === "") return undefined;
  const root = path.slice(0, path.length - relative.length);
  const parts = relative.split("/");
  for (let count = 1; count <= parts.length; count++) {
    const part = root + parts.slice(0, count).join("/");
    const found = decided(part, count < parts.length || isFolder, files);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Globs in .gitignore's manner for a search in `folder` that leave out what `files` hide, as far as they can be said there;
 * what they miss is to be left out afterwards. None when a line lets in again what another hid.
 */
export function hidingGlobs(folder: string, files: readonly IgnoreFile[]): readonly string[] {
  const all = files.flatMap((it) =>
    it.rules === "broken" ? [] : it.rules.map((rule) => ({ ...rule, at: it.folder })),
  );
  if (all.some((it) => it.isNegated)) return [];
  const isAnchored = (text: string) => text.replace(/\/$/, "").includes("/");
  return all.filter((it) => it.at === folder || !isAnchored(it.text)).map((it) => it.text);
}

function decided(path: string, isFolder: boolean, files: readonly IgnoreFile[]): string | undefined {
  for (const { folder, rules } of files.toReversed()) {
    const relative = relativeTo(path, folder);
    if (relative === undefined || relative === "") continue;
    const shown = `${folder.replace(/[\\/]$/, "")}/${IGNORE_FILE}`;
    if (rules === "broken") return relative === IGNORE_FILE ? undefined : `${shown}, which cannot be read`;
    const rule = rules.findLast((it) => (isFolder || !it.isForFolders) && it.fits(relative));
    if (rule) return rule.isNegated ? undefined : `${shown}, line ${rule.line}: ${rule.text}`;
  }
  return undefined;
}
