import * as vscode from "vscode";

/** The folder that the tests' window is open on. */
export function workspaceFolder(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error("The window of the tests has no folder.");
  return folder.uri.fsPath;
}
