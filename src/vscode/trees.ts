import * as vscode from "vscode";
import type { SessionSummary } from "../agent/screen.ts";
import type { ChangedPath } from "../agent/session.ts";

/** A tree that is drawn anew when told to. */
export interface Tree extends vscode.TreeDataProvider<vscode.TreeItem> {
  readonly refresh: () => void;
}

function tree(items: () => Promise<vscode.TreeItem[]>): Tree {
  const changed = new vscode.EventEmitter<void>();
  return {
    onDidChangeTreeData: changed.event,
    getTreeItem: (it) => it,
    getChildren: (parent) => (parent ? [] : items()),
    refresh: () => changed.fire(),
  };
}

/** All sessions, newest first. */
export function sessionsTree(
  list: () => Promise<readonly SessionSummary[]>,
  currentId: () => string | undefined,
): Tree {
  return tree(async () =>
    (await list()).map((it) => {
      const item = new vscode.TreeItem(it.title || "Untitled session");
      item.id = it.id;
      item.description = `${it.model} · ${new Date(it.at).toLocaleDateString()}`;
      item.tooltip = `${it.folder}\n${it.prompts} messages, $${it.cost.toFixed(4)}`;
      item.iconPath = new vscode.ThemeIcon(it.id === currentId() ? "comment-discussion" : "comment");
      item.command = { command: "wheelhouse.openSession", title: "Open Session", arguments: [it.id] };
      return item;
    }),
  );
}

/** Files the shown session changed and the person has not decided on. */
export function changesTree(changed: () => readonly ChangedPath[]): Tree {
  return tree(async () =>
    changed().map((it) => {
      const item = new vscode.TreeItem(vscode.Uri.file(it.path));
      item.id = it.path;
      item.description = it.before === undefined ? "added" : it.after === undefined ? "removed" : "changed";
      item.command = { command: "wheelhouse.review.open", title: "Review Changes", arguments: [it.path] };
      return item;
    }),
  );
}
