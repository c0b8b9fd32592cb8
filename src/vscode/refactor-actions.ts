import * as vscode from "vscode";
import type { RefactorOffer } from "../refactor/engine.ts";
import { editOf, isForPreview, namePlace } from "./refactor-edit.ts";
import { type Marked, marked, type Refactorings } from "./refactorings.ts";

/** Whether a person is asked for something first. */
function isAsking({ id, asks, target }: Pick<RefactorOffer, "id" | "asks" | "target">): boolean {
  return id === "rename" || asks !== undefined || target !== undefined;
}

/** An offer in the editor's menu; its edit is made when it is chosen. */
class RefactorAction extends vscode.CodeAction {
  readonly id: string;
  readonly at: Marked;
  readonly isAsking: boolean;

  constructor(offer: RefactorOffer, at: Marked) {
    const { id, title, kind } = offer;
    super(title, vscode.CodeActionKind.Empty.append(kind));
    this.id = id;
    this.at = at;
    this.isAsking = isAsking(offer);
    if (this.isAsking) this.command = commandOf(title, { id, at: rangeOf(at) });
  }
}

/**
 * Offers refactorings where they make sense; `say` tells the person why a chosen one is not done. `isShown`: whether one,
 * by its id, is to be offered in files of a language, by VS Code's id. `hasPreview`: whether the person wants previews.
 */
export function refactorActions(
  { offers, plan }: Refactorings,
  say: (sentence: string) => void,
  isShown: (id: string, language: string) => boolean,
  hasPreview: () => boolean,
): vscode.CodeActionProvider {
  return { provideCodeActions, resolveCodeAction };

  async function provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { only }: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const at = marked(document, range);
    const found = await offers(at, signalOf(token)).catch((error) => {
      if (token.isCancellationRequested) return [];
      throw error;
    });
    if ("kind" in found || token.isCancellationRequested) return [];
    const shown = found.filter((it) => isShown(it.id, document.languageId));
    const all = shown.map((it) => new RefactorAction(it, at));
    return all.filter(({ kind }) => !only || (kind !== undefined && only.contains(kind)));
  }

  async function resolveCodeAction(
    action: vscode.CodeAction,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction> {
    if (!(action instanceof RefactorAction) || action.isAsking) return action;
    const planned = await plan(action.id, action.at, {}, signalOf(token));
    if (planned.kind === "refused") {
      say(planned.reason);
      return action;
    }
    const edit = await editOf(planned, hasPreview() && isForPreview(planned));
    if (typeof edit === "string") {
      say(edit);
      return action;
    }
    for (const it of planned.warnings) say(it);
    action.edit = edit;
    const name = namePlace(planned);
    if (name) action.command = commandOf(action.title, { name });
    return action;
  }
}

function commandOf(title: string, given: object): vscode.Command {
  return { title, command: "wheelhouse.refactor", arguments: [given] };
}

function rangeOf({ document, from, to }: Marked): vscode.Range {
  return new vscode.Range(document.positionAt(from), document.positionAt(to));
}

/** A signal that follows the editor's token. */
export function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
