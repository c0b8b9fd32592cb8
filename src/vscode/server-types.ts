import * as vscode from "vscode";
import { type FilePlan, type Refusal, refused } from "../refactor/plan.ts";
import type { TypedRename, TypedRequest, TypeKnower } from "../refactor/typed.ts";
import { messageOf } from "../std/error-message.ts";

/**
 * Types told by what the editor has for a language: the compiler that comes with us where that knows it, so that the
 * terminal says the same; else whoever renames in the language, such as its server. What that one cannot tell is not
 * refused by it, so other members of the name are warned about.
 */
export function editorTypes(own: TypeKnower): TypeKnower {
  return {
    knows: () => true,
    rename: (request, signal) =>
      own.knows(request.file.path) ? own.rename(request, signal) : byServer(request, signal),
    types: async (request, signal) => (own.knows(request.file.path) ? own.types(request, signal) : []),
  };
}

async function byServer(request: TypedRequest, signal: AbortSignal): Promise<TypedRename | Refusal> {
  const { file, at, name } = request;
  const uri = vscode.Uri.file(file.path);
  const position = (await vscode.workspace.openTextDocument(uri)).positionAt(at);
  signal.throwIfAborted();
  let edit: vscode.WorkspaceEdit | undefined;
  try {
    // https://code.visualstudio.com/api/references/commands: the edit is made by nobody but us.
    edit = await vscode.commands.executeCommand("vscode.executeDocumentRenameProvider", uri, position, name);
  } catch (error) {
    return refused("rename.server", `The language's extension does not rename it: ${messageOf(error)}`);
  }
  signal.throwIfAborted();
  if (!edit || edit.size === 0)
    return refused("rename.server", "No extension of this editor knows what stands here.");
  return plansOf(edit, request);
}

async function plansOf(
  edit: vscode.WorkspaceEdit,
  { file, others }: TypedRequest,
): Promise<TypedRename | Refusal> {
  const files: FilePlan[] = [];
  for (const [uri, edits] of edit.entries()) {
    const known = [file, ...others].find((it) => it.path === uri.fsPath);
    if (!known)
      return refused("rename.elsewhere", "The language's extension would change a file without the name.");
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.getText() !== known.text)
      return refused("stale", `"${known.path}" is not in the editor as it was read. Save it and try again.`);
    const changes = edits.map(({ range, newText: text }) => ({
      from: document.offsetAt(range.start),
      to: document.offsetAt(range.end),
      text,
    }));
    files.push({
      path: known.path,
      before: known.text,
      changes: changes.toSorted((a, b) => a.from - b.from),
    });
  }
  return { kind: "typed", files, warnings: [], mayMiss: true };
}
