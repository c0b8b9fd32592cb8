import * as vscode from "vscode";
import type { Completion } from "../agent/screen.ts";
import type { Search } from "../world.ts";

const SHOWN = 20;
/** Files of a workspace that are looked through for a name. */
const LOOKED_AT = 20_000;

/** Files and folders of the workspace whose path holds the letters of `query` in order, best first. */
export async function completePaths(
  query: string,
  search: Search,
  signal: AbortSignal,
): Promise<readonly Completion[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const lists = await Promise.all(folders.map((it) => search.files(it.uri.fsPath, LOOKED_AT, signal)));
  const files = lists.flat().map((path) => vscode.workspace.asRelativePath(path, folders.length > 1));
  const parents = new Set(files.flatMap(parentsOf));
  const all = [...[...parents].map((it) => `${it}/`), ...files];
  return all
    .map((path) => ({ path, score: scoreOf(path.toLowerCase(), query.toLowerCase()) }))
    .filter(({ score }) => score !== undefined)
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0) || a.path.length - b.path.length)
    .slice(0, SHOWN)
    .map(({ path }) => completion(path));
}

function parentsOf(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
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
