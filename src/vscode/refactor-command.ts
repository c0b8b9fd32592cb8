import * as vscode from "vscode";
import { never } from "../std/abort.ts";
import { editOf, type NamePlace, namePlace, renameAt } from "./refactor-edit.ts";
import { type Marked, marked, type Refactorings } from "./refactorings.ts";

/** What the command may be given: an id in a key binding; by our own code actions a place, or a name to go on with. */
interface Given {
  readonly id?: string;
  readonly at?: vscode.Range;
  readonly name?: NamePlace;
}

/**
 * The command "Refactor…": lets the person choose what to do at the cursor, or does what a key binding names, as one
 * step of undo. `say` tells why something is not done.
 */
export function refactorCommand(
  refactorings: Refactorings,
  say: (sentence: string) => void,
): (given: unknown) => Promise<void> {
  return async (value) => {
    const given: Given = typeof value === "object" && value !== null ? value : {};
    const chosen = typeof given.id === "string" ? given.id : undefined;
    if (given.name) return renameAt(given.name);
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.uri.scheme !== "file") return say("Open a file to refactor it.");
    const at = marked(editor.document, given.at instanceof vscode.Range ? given.at : editor.selection);
    const id = chosen ?? (await choice(refactorings, at, say));
    if (id === undefined) return;
    const name = id === "rename" ? await askedName(at) : undefined;
    if (id === "rename" && !name) return;
    await carryOut(refactorings, id, at, name, say);
  };
}

async function choice(
  refactorings: Refactorings,
  at: Marked,
  say: (sentence: string) => void,
): Promise<string | undefined> {
  const found = await refactorings.offers(at, never());
  if ("kind" in found) {
    say(found.reason);
    return undefined;
  }
  if (found.length === 0) {
    say("There is nothing to refactor at this place. Select an expression or statements, or go to a name.");
    return undefined;
  }
  const items = found.map(({ id, title }) => ({ label: title, id }));
  return (await vscode.window.showQuickPick(items, { placeHolder: "Refactor" }))?.id;
}

async function askedName({ document, from }: Marked): Promise<string | undefined> {
  const word = document.getWordRangeAtPosition(document.positionAt(from));
  return vscode.window.showInputBox({
    title: "Rename",
    prompt: "The new name",
    value: word ? document.getText(word) : "",
  });
}

async function carryOut(
  refactorings: Refactorings,
  id: string,
  at: Marked,
  name: string | undefined,
  say: (sentence: string) => void,
): Promise<void> {
  const planned = await refactorings.plan(id, at, name === undefined ? {} : { name });
  if (planned.kind === "refused") return say(planned.reason);
  const edit = await editOf(planned);
  if (typeof edit === "string") return say(edit);
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true })))
    return say("The editor did not apply the change.");
  for (const it of planned.warnings) say(it);
  const place = namePlace(planned);
  if (place && name === undefined) await renameAt(place);
}
