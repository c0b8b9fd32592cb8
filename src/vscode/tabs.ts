import * as vscode from "vscode";

/** Tabs that show the file by itself or beside another. */
export function tabsOf(uri: vscode.Uri): readonly vscode.Tab[] {
  const wanted = uri.toString();
  const shows = ({ input }: vscode.Tab) =>
    (input instanceof vscode.TabInputText && input.uri.toString() === wanted) ||
    (input instanceof vscode.TabInputTextDiff && input.modified.toString() === wanted);
  return vscode.window.tabGroups.all.flatMap((it) => it.tabs.filter(shows));
}

/** Closes tabs without taking the focus; what was typed into stays open. */
export async function closeTabs(tabs: readonly vscode.Tab[]): Promise<void> {
  await vscode.window.tabGroups.close(
    tabs.filter((it) => !it.isDirty),
    true,
  );
}
