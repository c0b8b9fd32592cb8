import * as vscode from "vscode";
import type { SymbolEntry } from "../world.ts";

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

/** A folder in the view of symbols; `files` are the source files below it, absolute. */
export class FolderItem extends vscode.TreeItem {
  readonly path: string;
  readonly files: readonly string[];

  constructor(path: string, files: readonly string[]) {
    super(vscode.Uri.file(path), Collapsed);
    this.id = `folder ${path}`;
    this.path = path;
    this.files = files;
    this.iconPath = vscode.ThemeIcon.Folder;
    this.contextValue = "folder";
  }
}

/** A source file in the view of symbols. */
export class FileItem extends vscode.TreeItem {
  readonly path: string;

  constructor(path: string) {
    super(vscode.Uri.file(path), Collapsed);
    this.id = `file ${path}`;
    this.path = path;
    this.iconPath = vscode.ThemeIcon.File;
    this.contextValue = "file";
  }
}

/** A declaration in the view of symbols, with those that stand in it. */
export class SymbolItem extends vscode.TreeItem {
  /** Of the file that declares it. */
  readonly path: string;
  readonly entry: SymbolEntry;
  readonly inner: readonly SymbolEntry[];

  constructor(path: string, entry: SymbolEntry, inner: readonly SymbolEntry[]) {
    super(entry.name, inner.length > 0 ? Collapsed : None);
    this.path = path;
    this.entry = entry;
    this.inner = inner;
    this.description = entry.kind;
    this.tooltip = `${entry.kind} ${entry.name}, line ${entry.line}`;
    this.iconPath = new vscode.ThemeIcon(`symbol-${entry.kind === "type" ? "interface" : entry.kind}`);
    this.contextValue = "symbol";
    const at = new vscode.Position(entry.line - 1, 0);
    this.command = {
      command: "vscode.open",
      title: "Open",
      arguments: [vscode.Uri.file(path), { selection: new vscode.Range(at, at), preserveFocus: true }],
    };
  }
}

/** The outermost of `entries`, which stand in the order of the text, each with what is declared in it. */
export function symbolItems(path: string, entries: readonly SymbolEntry[]): SymbolItem[] {
  const outermost = entries[0]?.depth;
  const starts = [...entries.keys()].filter((at) => entries[at]?.depth === outermost);
  return starts.flatMap((at, index) => {
    const entry = entries[at];
    return entry ? [new SymbolItem(path, entry, entries.slice(at + 1, starts[index + 1]))] : [];
  });
}
