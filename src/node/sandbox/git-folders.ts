import { realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { smallText } from "./small-text.ts";

/** Folders from which git takes settings and hooks; absolute, links resolved as far as they exist. */
export interface GitFolders {
  readonly own: string;
  /** The same, but for a worktree's. */
  readonly common: string;
}

/** Those of the `.git` at `path` (absolute), be it a folder, a link or a gitfile (gitrepository-layout(5), "gitdir", "commondir"). */
export function gitFolders(path: string): GitFolders {
  const text = smallText(path);
  const named = text.startsWith(PREFIX)
    ? resolve(dirname(path), withoutEnd(text.slice(PREFIX.length)))
    : path;
  const own = realFolder(named);
  const common = withoutEnd(smallText(resolve(own, "commondir")));
  return { own, common: common === "" ? own : realFolder(resolve(own, common)) };
}

const PREFIX = "gitdir: ";

function withoutEnd(text: string): string {
  return text.replace(/[\r\n]+$/, "");
}

function realFolder(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
