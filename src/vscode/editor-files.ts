import { createHash } from "node:crypto";
import * as vscode from "vscode";
import { isWritable } from "../node/write-files.ts";
import { BINARY, encode } from "../text/encoding.ts";
import { minimalChange } from "../text/minimal.ts";
import type { FileChange, Files, Found, TextForm, Written } from "../world.ts";
import { closeTabs, tabsOf } from "./tabs.ts";

/**
 * Files as the editor has them: unsaved text is the truth, edits go through the editor's own undo stack and are saved,
 * and what no document can hold faithfully is written as on Node.
 */
export function editorFiles(disk: Files): Files {
  const read = (path: string, signal: AbortSignal) => readFile(path, disk, signal);
  return {
    ...disk,
    read,
    unsaved: () => vscode.workspace.textDocuments.filter(isUnsavedFile).map((it) => it.uri.fsPath),
    async write(changes, signal) {
      for (const { path, before, form } of changes) {
        if (form.encoding === BINARY.encoding) {
          // A document may hold it all the same: the two texts of the change have no form in common, or it is shown wrongly.
          if (openDocument(path)?.isDirty) return { kind: "stale", path };
          continue;
        }
        const found = await read(path, signal);
        const now = found.kind === "text" ? found.text : undefined;
        if (now !== before || (found.kind !== "text" && found.kind !== "absent"))
          return { kind: "stale", path };
      }
      const targets = await Promise.all(changes.map((it) => disk.resolve(it.path)));
      const moved = changes.find((it, index) => it.target !== undefined && it.target !== targets[index]);
      if (moved) return { kind: "stale", path: moved.path };
      const isTwice = new Set(targets).size < targets.length;
      const editable = await Promise.all(changes.map(isEditable));
      const inEditor = changes.filter((_, index) => editable[index] && !isTwice);
      const onDisk = changes.filter((it) => !inEditor.includes(it));
      return writeBoth(inEditor, onDisk, disk, signal);
    },
  };
}

/** What goes to the disk goes first: it is checked as a whole there, and can be put back without a trace. */
async function writeBoth(
  inEditor: readonly FileChange[],
  onDisk: readonly FileChange[],
  disk: Files,
  signal: AbortSignal,
): Promise<Written> {
  signal.throwIfAborted();
  const first: Written =
    onDisk.length > 0 ? await disk.write(onDisk, signal) : { kind: "written", formatted: [] };
  if (first.kind !== "written" || inEditor.length === 0) return first;
  // Writing has begun: from here on it is finished or put back.
  const { signal: never } = new AbortController();
  const second = await writeInEditor(inEditor, disk, never);
  if (second.kind === "written" || onDisk.length === 0) return second;
  const back = await disk.write(onDisk.map(reversed), never);
  if (second.kind === "failed" && back.kind !== "written")
    return { ...second, reason: `${second.reason}; and ${back.path} could not be put back` };
  return second;
}

function reversed({ path, before, after, form }: FileChange): FileChange {
  return { path, before: after, after: before, form };
}

async function readFile(path: string, disk: Files, signal: AbortSignal): Promise<Found> {
  const document = openDocument(path);
  if (!document?.isDirty) return disk.read(path, signal);
  const saved = await disk.read(path, signal);
  const form: TextForm = saved.kind === "text" ? saved.form : { encoding: "utf8", bom: false };
  const text = document.getText();
  return { kind: "text", text, form, hash: createHash("sha256").update(text).digest("hex"), unsaved: true };
}

function isUnsavedFile({ uri, isDirty, isClosed }: vscode.TextDocument): boolean {
  return uri.scheme === "file" && isDirty && !isClosed;
}

function openDocument(path: string): vscode.TextDocument | undefined {
  const wanted = vscode.Uri.file(path).fsPath;
  return vscode.workspace.textDocuments.find(
    (it) => it.uri.scheme === "file" && it.uri.fsPath === wanted && !it.isClosed,
  );
}

/** Names of encodings as VS Code's setting `files.encoding` spells them; others are written as on Node. */
const ENCODINGS: Readonly<Record<string, string>> = {
  utf8: "utf8",
  utf16le: "utf16le",
  utf16be: "utf16be",
  win1252: "windows1252",
  gbk: "gbk",
  shift_jis: "shiftjis",
};

/** Whether a document shows the very text (mixed line ends, for one, it would make equal) and can save the new one. */
async function isEditable({ path, before, after, form }: FileChange): Promise<boolean> {
  if (before === undefined || after === undefined || form.encoding === BINARY.encoding) return false;
  // The editor would save a question mark for what the encoding has no character for.
  if ((await encode(after, form)).kind === "lossy") return false;
  try {
    return (await isWritable(path)) && (await documentAt(path, form)).getText() === before;
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
  return name === undefined || name === "utf8"
    ? vscode.workspace.openTextDocument(uri)
    : vscode.workspace.openTextDocument(uri, { encoding: name });
}

async function writeInEditor(
  changes: readonly FileChange[],
  disk: Files,
  signal: AbortSignal,
): Promise<Written> {
  const documents = await Promise.all(changes.map(({ path, form }) => documentAt(path, form)));
  // From here to `applyEdit` nothing is waited for, so nobody can type in between.
  const edit = new vscode.WorkspaceEdit();
  for (const [index, document] of documents.entries()) {
    const { path, before, after = "" } = changes[index] ?? { path: "", before: "" };
    if (document.getText() !== before) return { kind: "stale", path };
    replaceIn(edit, document, after);
  }
  const [first] = changes;
  if (!(await vscode.workspace.applyEdit(edit)))
    return { kind: "failed", path: first?.path ?? "", reason: "the editor did not apply the change" };
  const unsaved = await savedUnseen(documents);
  return unsaved === undefined
    ? readBack(changes, disk, signal)
    : putBack(changes, documents, unsaved.uri.fsPath);
}

/** Where saving takes long, VS Code gives what is not saved a tab; nobody asked for it. */
async function savedUnseen(
  documents: readonly vscode.TextDocument[],
): Promise<vscode.TextDocument | undefined> {
  const unseen = documents.filter((it) => tabsOf(it.uri).length === 0);
  const unsaved = await firstUnsaved(documents);
  await closeTabs(unseen.flatMap((it) => tabsOf(it.uri)).filter((it) => !it.isActive));
  return unsaved;
}

async function firstUnsaved(
  documents: readonly vscode.TextDocument[],
): Promise<vscode.TextDocument | undefined> {
  for (const document of documents) if (document.isDirty && !(await document.save())) return document;
  return undefined;
}

/** Makes it all or nothing, and leaves alone what the person has typed into since. */
async function putBack(
  changes: readonly FileChange[],
  documents: readonly vscode.TextDocument[],
  path: string,
): Promise<Written> {
  const edit = new vscode.WorkspaceEdit();
  const left: string[] = [];
  for (const [index, document] of documents.entries()) {
    const change = changes[index];
    if (change?.before === undefined || document.getText() !== change.after) left.push(document.uri.fsPath);
    else replaceIn(edit, document, change.before);
  }
  await vscode.workspace.applyEdit(edit);
  await firstUnsaved(documents.filter((it) => !left.includes(it.uri.fsPath)));
  const typed = left.length === 0 ? "" : `; ${left.join(", ")} changed meanwhile and was left as it is`;
  return { kind: "failed", path, reason: `the editor could not save it${typed}` };
}

function replaceIn(edit: vscode.WorkspaceEdit, document: vscode.TextDocument, text: string): void {
  const change = minimalChange(document.getText(), text);
  if (!change) return;
  const range = new vscode.Range(document.positionAt(change.from), document.positionAt(change.to));
  edit.replace(document.uri, range, change.text);
}

/** What stands on disk now; where saving changed it further (formatters), the text is told. */
async function readBack(changes: readonly FileChange[], disk: Files, signal: AbortSignal): Promise<Written> {
  const formatted: { path: string; text: string }[] = [];
  for (const { path, after } of changes) {
    const found = await disk.read(path, signal);
    if (found.kind !== "text")
      return { kind: "failed", path, reason: "what was written could not be read back" };
    if (found.text !== after) formatted.push({ path, text: found.text });
  }
  return { kind: "written", formatted };
}
