import * as vscode from "vscode";
import type { Plan, Refusal } from "../refactor/plan.ts";
import type { Options } from "../refactor/refactoring.ts";
import { never } from "../std/abort.ts";
import type { CarryOut } from "./carry-out.ts";
import { type NamePlace, renameAt } from "./refactor-edit.ts";
import { type Marked, marked, type Refactorings } from "./refactorings.ts";

/** What the command may be given: an id in a key binding; by our own code actions a place, or a name to go on with. */
interface Given {
  readonly id?: string;
  readonly at?: vscode.Range;
  readonly name?: NamePlace;
  /** Wherever the same stands, which would be asked else. */
  readonly replaceAll?: boolean;
}

/**
 * The command "Refactor…": lets the person choose what to do at the cursor, or does what a key binding names, as one
 * step of undo. `say` tells why there is nothing to choose.
 */
export function refactorCommand(
  refactorings: Refactorings,
  carryOut: CarryOut,
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
    const isToldAll = given.replaceAll === true;
    const options = isToldAll ? { replaceAll: true } : await askedOptions(id, refactorings, at);
    if (options) await carryOut(id, at, options);
  };
}

/** What has to be asked before it can be done; `undefined`: the person let it be. */
async function askedOptions(
  id: string,
  refactorings: Refactorings,
  at: Marked,
): Promise<Options | undefined> {
  if (id === "rename") {
    const name = await askedName(at);
    return name ? { name } : undefined;
  }
  const found = await refactorings.offers(at, never());
  const offer = "kind" in found ? undefined : found.find((it) => it.id === id);
  if (offer?.target !== undefined) {
    const isOwn = offer.target === at.document.uri.fsPath;
    const shown = isOwn
      ? vscode.workspace.asRelativePath(at.document.uri, false)
      : await refactorings.fresh(offer.target, at);
    const to = await askedPath(shown);
    return to && !(isOwn && to === shown) ? { to } : undefined;
  }
  if (offer?.repeats) return askedHowMany(id, refactorings, at);
  const text = offer?.asks;
  if (text === undefined) return {};
  const answer = await vscode.window.showInputBox({
    title: "Change Signature",
    prompt: "Move parameters or take them out; a as b renames; c = 0 adds c, with 0 for the calls there are",
    value: text,
    valueSelection: [text.length, text.length],
  });
  return answer === undefined || answer === text ? undefined : { answer };
}

/** Whether all that is the same is meant, where there is more of it. */
async function askedHowMany(
  id: string,
  refactorings: Refactorings,
  at: Marked,
): Promise<Options | undefined> {
  const [one, all] = [
    await refactorings.plan(id, at, {}),
    await refactorings.plan(id, at, { replaceAll: true }),
  ];
  const more = changesIn(all) - changesIn(one);
  if (one.kind === "refused" || more <= 0) return {};
  const items = [
    { label: "Replace this one", options: {} },
    { label: `Replace all ${more + 1}`, options: { replaceAll: true } },
  ];
  return (await vscode.window.showQuickPick(items, { placeHolder: one.title }))?.options;
}

function changesIn(plan: Plan | Refusal): number {
  return plan.kind === "refused" ? 0 : plan.files.reduce((sum, it) => sum + it.changes.length, 0);
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

async function askedPath(value: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: "Move to File",
    prompt: "Path of a file that is there or is to be made",
    value,
  });
}

async function askedName({ document, from }: Marked): Promise<string | undefined> {
  const word = document.getWordRangeAtPosition(document.positionAt(from));
  return vscode.window.showInputBox({
    title: "Rename",
    prompt: "The new name",
    value: word ? document.getText(word) : "",
  });
}
