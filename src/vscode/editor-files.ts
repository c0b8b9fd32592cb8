import { createHash } from "node:crypto";
import * as vscode from "vscode";
import { minimalChange } from "../text/minimal.ts";
import type { FileChange, Files, Found, TextForm, Written } from "../world.ts";

/**
 * Files as the editor has them: unsaved text is the truth, edits go through the editor's own undo stack and are saved,
 * and what no document can hold faithfully is written as on Node.
 */
export function editorFiles(disk: Files): Files {
  const read = (path: string, signal: AbortSignal) => readFile(path, disk, signal);
  return {
    ...disk,
    read,
    async write(changes, signal) {
      for (const { path, before } of changes) {
        const found = await read(path, signal);
        const now = found.kind === "text" ? found.text : undefined;
        if (now !== before || (found.kind !== "text" && found.kind !== "absent")) return { kind: "stale", path };
      }
      const editable = await Promise.all(changes.map(isEditable));
      return editable.every((it) => it) ? writeInEditor(changes, disk, signal) : disk.write(changes, signal);
    },
  };
}

async function readFile(path: string, disk: Files, signal: AbortSignal): Promise<Found> {
  const document = openDocument(path);
  if (!document?.isDirty) return disk.read(path, signal);
  const saved = await disk.read(path, signal);
  const form: TextForm = saved.kind === "text" ? saved.form : { encoding: "utf8", bom: false };
  const text = document.getText();
  return { kind: "text", text, form, hash: createHash("sha256").update(text).digest("hex"), unsaved: true };
}

function openDocument(path: string): vscode.TextDocument | undefined {
  const wanted = vscode.Uri.file(path).fsPath;
  return vscode.workspace.textDocuments.find((it) => it.uri.scheme === "file" && it.uri.fsPath === wanted && !it.isClosed);
}

/** Names of encodings as VS Code's setting `files.encoding` spells them; others are written as on Node. */
const ENCODINGS: Readonly<Record<string, string>> = { utf8: "utf8", utf16le: "utf16le", utf16be: "utf16be", win1252: "windows1252", gbk: "gbk", shift_jis: "shiftjis" };

/** Whether a document shows the very text: mixed line ends, for one, it would make equal. */
async function isEditable({ path, before, form }: FileChange): Promise<boolean> {
  if (before === undefined) return form.encoding === "utf8" && !form.bom;
  try {
    return (await documentAt(path, form)).getText() === before;
  } catch {
    // Too large or not text for the editor.
    return false;
  }
}

async function documentAt(path: string, { encoding, bom }: TextForm): Promise<vscode.TextDocument> {
  const open = openDocument(path);
  if (open) return open;
  const name = encoding === "utf8" && bom ? "utf8bom" : ENCODINGS[encoding];
  const uri = vscode.Uri.file(path);
  return name === undefined || name === "utf8" ? vscode.workspace.openTextDocument(uri) : vscode.workspace.openTextDocument(uri, { encoding: name });
}

async function writeInEditor(changes: readonly FileChange[], disk: Files, signal: AbortSignal): Promise<Written> {
  const failed = await applyAndSave(changes);
  if (failed === undefined) return readBack(changes, disk, signal);
  // What was changed is put back, so that the change is all or nothing.
  await applyAndSave(changes.map(({ path, before, after, form }) => ({ path, before: after, after: before, form })));
  return { kind: "failed", ...failed };
}

async function applyAndSave(changes: readonly FileChange[]): Promise<{ path: string; reason: string } | undefined> {
  const edit = new vscode.WorkspaceEdit();
  for (const change of changes) await addTo(edit, change);
  const first = changes[0]?.path ?? "";
  if (!(await vscode.workspace.applyEdit(edit))) return { path: first, reason: "the editor did not apply the change" };
  for (const { path, after } of changes) {
    const document = after === undefined ? undefined : openDocument(path);
    if (document?.isDirty && !(await document.save())) return { path, reason: "the editor could not save it" };
  }
  return undefined;
}

async function addTo(edit: vscode.WorkspaceEdit, { path, before, after, form }: FileChange): Promise<void> {
  const uri = vscode.Uri.file(path);
  if (after === undefined) return edit.deleteFile(uri, { ignoreIfNotExists: true });
  if (before === undefined) return edit.createFile(uri, { contents: new TextEncoder().encode(after), ignoreIfExists: false });
  const document = await documentAt(path, form);
  const change = minimalChange(document.getText(), after);
  if (!change) return;
  edit.replace(uri, new vscode.Range(document.positionAt(change.from), document.positionAt(change.to)), change.text);
}

/** What stands on disk now; where saving changed it further (formatters), the text is told. */
async function readBack(changes: readonly FileChange[], disk: Files, signal: AbortSignal): Promise<Written> {
  const formatted: { path: string; text: string }[] = [];
  for (const { path, after } of changes) {
    const found = await disk.read(path, signal);
    const text = found.kind === "text" ? found.text : undefined;
    if (text === after) continue;
    if (text === undefined || after === undefined) return { kind: "failed", path, reason: "what was written could not be read back" };
    formatted.push({ path, text });
  }
  return { kind: "written", formatted };
}
