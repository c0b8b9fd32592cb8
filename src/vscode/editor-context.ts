import * as vscode from "vscode";
import type { Attachment } from "../agent/events.ts";
import type { EditorContext } from "../agent/screen.ts";

/** Longest selection that is sent along, in UTF-16 units. */
const LIMIT = 20_000;

/** What the person has open and selected; `undefined` when it is no file. */
export function editorContext(): EditorContext | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.scheme !== "file") return undefined;
  const { document, selection } = editor;
  const path = document.uri.fsPath;
  const label = vscode.workspace.asRelativePath(document.uri, false);
  return selection.isEmpty
    ? { path, label }
    : { path, label, from: selection.start.line + 1, to: lastLine(selection) };
}

/** A selection that ends at the beginning of a line does not mean that line. */
function lastLine({ start, end }: vscode.Selection): number {
  return end.character === 0 && end.line > start.line ? end.line : end.line + 1;
}

/** The selection as part of a message; the open file is only named, for the model can read it. */
export function contextAttachment(): Attachment | undefined {
  const context = editorContext();
  const document = vscode.window.activeTextEditor?.document;
  if (!context || !document) return undefined;
  const { path, from, to } = context;
  if (from === undefined || to === undefined)
    return { kind: "selection", path, text: "(open in the editor, not shown here; use Read)" };
  const text = document.getText(new vscode.Range(from - 1, 0, to, 0));
  return { kind: "selection", path, from, to, text: text.slice(0, LIMIT) };
}
