import * as vscode from "vscode";
import type { FilePlan, Plan } from "../refactor/plan.ts";
import { withChanges } from "../text/changes.ts";
import { lineOf, linesOf } from "../text/lines.ts";

/** Whether a person should see a plan before it is carried out: it concerns several files, or something is not certain. */
export function isForPreview({ files, warnings }: Plan): boolean {
  return files.length > 1 || warnings.length > 0;
}

/**
 * A plan as one edit of the editor; a sentence when a document does not hold the text that it was made for. `isPreviewed`:
 * the editor asks in its Refactor Preview before it makes the edit.
 */
export async function editOf(plan: Plan, isPreviewed: boolean): Promise<vscode.WorkspaceEdit | string> {
  const edit = new vscode.WorkspaceEdit();
  const about = isPreviewed
    ? { needsConfirmation: true, label: plan.title, description: plan.warnings.join(" ") }
    : undefined;
  for (const file of plan.files) {
    const uri = vscode.Uri.file(file.path);
    if (file.before === undefined) {
      const contents = new TextEncoder().encode(withChanges("", file.changes));
      edit.createFile(uri, { overwrite: false, contents }, about);
      continue;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.getText() !== file.before)
      return `"${vscode.workspace.asRelativePath(uri)}" is not in the editor as it was read. Save it and try again.`;
    if (file.isRemoved) {
      // What is not saved would stay open as a file that is gone.
      if (document.isDirty)
        return `"${vscode.workspace.asRelativePath(uri)}" is not saved. Save it and try again.`;
      edit.deleteFile(uri, {}, about);
      continue;
    }
    for (const { from, to, text } of file.changes)
      edit.replace(uri, new vscode.Range(document.positionAt(from), document.positionAt(to)), text, about);
  }
  return edit;
}

/** Where the new name of a plan stands once it is done; `undefined` when it has none. */
export function namePlace({ files, nameAt }: Plan): NamePlace | undefined {
  const file: FilePlan | undefined = files[0];
  if (!file || nameAt === undefined) return undefined;
  const lines = linesOf(withChanges(file.before ?? "", file.changes));
  const line = lineOf(lines, nameAt);
  return { path: file.path, line, character: nameAt - (lines[line]?.from ?? 0) };
}

/** A place in a file as the editor counts, from 0. Plain data, so that a command can take it along. */
export interface NamePlace {
  readonly path: string;
  readonly line: number;
  readonly character: number;
}

/** Starts renaming what stands at the place, where the language has somebody who can; else the cursor goes there. */
export async function renameAt({ path, line, character }: NamePlace): Promise<void> {
  const uri = vscode.Uri.file(path);
  const at = new vscode.Position(line, character);
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.fsPath === uri.fsPath) editor.selection = new vscode.Selection(at, at);
  const canRename = await vscode.commands.executeCommand("vscode.prepareRename", uri, at).then(
    (it) => it !== undefined && it !== null,
    () => false,
  );
  if (canRename) await vscode.commands.executeCommand("editor.action.rename", [uri, at]);
}
