import * as vscode from "vscode";
import type { Completion } from "../agent/screen.ts";
import { veil } from "../agent/veil.ts";
import type { World } from "../agent/wiring.ts";

const SHOWN = 20;
/** Files of a workspace that are looked through for a name. */
const LOOKED_AT = 20_000;

/** Files and folders of the workspace whose path holds the letters of `query` in order, best first; none that an ignore file hides. */
export async function completePaths(
  query: string,
  { search, files: read, platform, clock }: Pick<World, "search" | "files" | "platform" | "clock">,
  signal: AbortSignal,
): Promise<readonly Completion[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const lists = await Promise.all(folders.map((it) => search.files(it.uri.fsPath, LOOKED_AT, signal)));
  const files = lists.flat().map((absolute) => ({
    absolute,
    path: vscode.workspace.asRelativePath(absolute, folders.length > 1),
  }));
  const parents = new Map(files.flatMap(parentsOf).map((it) => [it.path, it]));
  const best = [...parents.values(), ...files]
    .map((it) => ({ ...it, score: scoreOf(it.path.toLowerCase(), query.toLowerCase()) }))
    .filter(({ score }) => score !== undefined)
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0) || a.path.length - b.path.length)
    .slice(0, SHOWN * 10);
  const roots = folders.map((it) => it.uri.fsPath);
  const over = veil({ files: read, search, roots: () => roots, platform, now: clock.now });
  const hidden = await over.over(best.map((it) => it.absolute));
  const open = best.filter((it) => !hidden.paths.has(it.absolute));
  return open.slice(0, SHOWN).map(({ path }) => completion(path));
}

interface Candidate {
  readonly absolute: string;
  /** As it is written in a message; a folder's ends with a slash. */
  readonly path: string;
}

function parentsOf({ absolute, path }: Candidate): readonly Candidate[] {
  const parts = path.split("/").slice(0, -1);
  const root = absolute.slice(0, absolute.length - path.length);
  return parts.map((_, index) => {
    const parent = parts.slice(0, index + 1).join("/");
    return { absolute: root + parent, path: `${parent}/` };
  });
}

/** A folder's path ends with a slash. */
function completion(path: string): Completion {
  const at = path.lastIndexOf("/", path.length - 2) + 1;
  const kind = path.endsWith("/") ? "folder" : "file";
  return { kind, insert: path, label: path.slice(at), detail: path.slice(0, Math.max(0, at - 1)) };
}

/** Higher is better; `undefined`: the letters do not occur in order. A run in the file's own name counts most. */
function scoreOf(path: string, query: string): number | undefined {
  if (query === "") return 0;
  const name = path.slice(path.lastIndexOf("/", path.length - 2) + 1);
  if (name.startsWith(query)) return 4;
  if (name.includes(query)) return 3;
  if (path.includes(query)) return 2;
  let at = 0;
  for (const letter of query) {
    at = path.indexOf(letter, at) + 1;
    if (at === 0) return undefined;
  }
  return 1;
}
