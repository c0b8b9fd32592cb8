import { basename, dirname, sep } from "node:path";
import * as vscode from "vscode";
import type { World } from "../agent/wiring.ts";
import { never } from "../std/abort.ts";
import { languageOf } from "../syntax/language-of.ts";
import { FileItem, FolderItem, SymbolItem, symbolItems } from "./symbol-items.ts";
import type { Tree } from "./trees.ts";

/** Source files of a folder of the workspace that are shown. */
const MAX_FILES = 20_000;

/** What the files of the workspace declare: folders, files and symbols, as they are when they are opened in the view. */
export function symbolTree(
  { search, outliner }: Pick<World, "search" | "outliner">,
  subscriptions: vscode.Disposable[],
): Tree {
  const changed = new vscode.EventEmitter<vscode.TreeItem | undefined>();
  const refresh = () => changed.fire(undefined);
  const { workspace } = vscode;
  /** Files whose symbols are shown, by their paths. */
  const opened = new Map<string, FileItem>();
  subscriptions.push(
    changed,
    workspace.onDidSaveTextDocument(({ uri }) => {
      const item = opened.get(uri.fsPath);
      if (item) changed.fire(item);
    }),
    workspace.onDidCreateFiles(refresh),
    workspace.onDidDeleteFiles(refresh),
    workspace.onDidRenameFiles(refresh),
    workspace.onDidChangeWorkspaceFolders(refresh),
  );
  return {
    onDidChangeTreeData: changed.event,
    getTreeItem: (it) => it,
    getChildren(parent) {
      if (parent === undefined) opened.clear();
      if (parent instanceof FolderItem) return inFolder(parent.path, parent.files);
      if (parent instanceof FileItem) {
        opened.set(parent.path, parent);
        return inFile(parent.path, outliner);
      }
      return parent instanceof SymbolItem ? symbolItems(parent.path, parent.inner) : roots(search);
    },
    refresh,
  };
}

/** The folders of the workspace; of a single one what is in it. */
async function roots(search: World["search"]): Promise<vscode.TreeItem[]> {
  const folders = vscode.workspace.workspaceFolders?.map((it) => it.uri.fsPath) ?? [];
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const all = await search.files(folder, MAX_FILES, never());
      return new FolderItem(
        folder,
        all.filter((it) => languageOf(it) !== undefined),
      );
    }),
  );
  const [only, ...more] = lists;
  return only && more.length === 0 ? inFolder(only.path, only.files) : lists;
}

/** What a file declares as it is in the editor, saved or not. */
async function inFile(path: string, outliner: World["outliner"]): Promise<vscode.TreeItem[]> {
  const document = await vscode.workspace.openTextDocument(path);
  const outline = await outliner.outline(path, document.getText(), never());
  if (outline.kind === "failed") throw new Error(outline.reason);
  return outline.kind === "symbols" ? symbolItems(path, outline.symbols) : [];
}

/** Folders first, each group by name. */
function inFolder(folder: string, files: readonly string[]): vscode.TreeItem[] {
  const below = Map.groupBy(files, (it) => {
    const rest = it.slice(folder.length + 1);
    return rest.includes(sep) ? rest.slice(0, rest.indexOf(sep)) : "";
  });
  const own = (below.get("") ?? []).filter((it) => dirname(it) === folder);
  below.delete("");
  const folders = [...below].toSorted(([a], [b]) => a.localeCompare(b));
  return [
    ...folders.map(([name, inside]) => new FolderItem(`${folder}${sep}${name}`, inside)),
    ...own.toSorted((a, b) => basename(a).localeCompare(basename(b))).map((it) => new FileItem(it)),
  ];
}
