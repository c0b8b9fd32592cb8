import * as vscode from "vscode";
import type { SessionEvent } from "../agent/events.ts";
import { nodeClock } from "../node/clock.ts";
import { openStore } from "../node/store.ts";
import { messageOf } from "../std/error-message.ts";
import { askAbout } from "./ask-about.ts";
import { attention } from "./attention.ts";
import { carryingOut } from "./carry-out.ts";
import { chatView } from "./chat-view.ts";
import { cleanLater } from "./clean-checkpoints.ts";
import { codeHealth } from "./code-health.ts";
import type { CommandName } from "./commands.ts";
import { startCore } from "./core.ts";
import { desk } from "./desk.ts";
import { editorDiffs } from "./editor-diffs.ts";
import type { Place } from "./hunk-places.ts";
import { hunkReview } from "./hunk-review.ts";
import { keptModels } from "./kept-models.ts";
import { keptText } from "./kept-text.ts";
import { languageModels, offerModels } from "./language-models.ts";
import { liveSessions } from "./live-sessions.ts";
import { modelGateway } from "./model-gateway.ts";
import { modelsPage } from "./models-page.ts";
import { isOfferedByOthers } from "./offered-by-others.ts";
import { pageRequests, tellHealth, tellModels } from "./page-requests.ts";
import { paletteCommands } from "./palette.ts";
import { pointsDiff } from "./points-diff.ts";
import { proposals } from "./proposals.ts";
import { refactorActions } from "./refactor-actions.ts";
import { refactorCommand } from "./refactor-command.ts";
import { refactorings } from "./refactorings.ts";
import { sourceControl } from "./source-control.ts";
import { statusBar } from "./status-bar.ts";
import { type SymbolDrop, symbolDrop } from "./symbol-drop.ts";
import { symbolTree } from "./symbol-tree.ts";
import { changesTree, sessionsTree, type Tree } from "./trees.ts";

/** Everything behind the names that the extension registered. */
export interface Host {
  readonly run: (name: CommandName, given: readonly unknown[]) => Promise<unknown>;
  readonly showChat: (view: vscode.WebviewView) => void;
  readonly sessionsTree: Tree;
  readonly changesTree: Tree;
  readonly healthTree: Tree;
  readonly symbolTree: Tree;
  readonly symbolDrop: SymbolDrop;
  /** Refactorings in the editor's menus. */
  readonly codeActions: vscode.CodeActionProvider;
  /** Our models for the editor's own chat. */
  readonly languageModels: vscode.LanguageModelChatProvider;
  /** Stops all sessions and frees what they hold. */
  readonly close: () => Promise<void>;
}

/** Starts Wheelhouse in this window. `onOffered` is called when the models for the editor's own chat are others. */
export async function startHost(context: vscode.ExtensionContext, onOffered: () => void): Promise<Host> {
  const log = vscode.window.createOutputChannel("Wheelhouse", { log: true });
  context.subscriptions.push(log);
  const core = await startCore(context, log);
  const store = openStore(core.home, nodeClock);
  const complain = (sentence: string) => {
    log.warn(sentence);
    void vscode.window.showWarningMessage(sentence);
  };
  const hear = (id: string, event: SessionEvent) => shown.hear(id, event);
  const isOurs = (folder: string) =>
    vscode.workspace.workspaceFolders?.some((it) => it.uri.fsPath === folder) ?? false;
  const live = liveSessions(store, core.wiringFor, isOurs, { hear, complain });
  const look = attention(context.subscriptions);
  const diffs = editorDiffs(context.subscriptions);
  const proposed = proposals(look.isInEditor, context.subscriptions);
  const points = pointsDiff(context.subscriptions);
  const view = chatView(context.extensionUri, (message) => {
    if (message.type === "command") look.drawToPanel();
    void answer(message).catch(report);
  });
  const trees = {
    sessions: sessionsTree(
      () => store.list(""),
      () => shown.id(),
    ),
    changes: changesTree(() => changed()),
  };
  const changed = () => shown.state().changed;
  const kept = (hash: string | undefined) => keptText(core.home, shown.state().id, hash);
  const review = hunkReview({ changed, text: kept, decide }, context.subscriptions);
  const scm = sourceControl(changed, kept, context.subscriptions);
  const shown = desk({
    context,
    core,
    live,
    view,
    diffs,
    proposed,
    trees,
    onChanges() {
      review.refresh();
      scm.refresh();
    },
    status: statusBar(context.subscriptions),
    log,
  });
  const answer = pageRequests({ core, store, live, view, shown, points, log });
  const refactoring = refactorings(core.world);
  const hasPreview = () => core.settings()["refactor.preview"];
  const carryOut = carryingOut(refactoring, tell, hasPreview);
  const isShown = (id: string, language: string) =>
    core.settings()["refactor.besideOthers"] || !isOfferedByOthers(id, language);
  const models = languageModels({
    router: core.router,
    kept: keptModels(context.globalState),
    onChanged: onOffered,
  });
  const gateway = modelGateway(core, log, context.subscriptions);
  const health = codeHealth({ core, send: askAbout(view), say: tell, log }, context.subscriptions);
  const commands = paletteCommands({
    context,
    core,
    store,
    live,
    view,
    shown,
    points,
    diffs,
    proposed,
    trees,
    log,
    review,
    refactor: refactorCommand(refactoring, carryOut, tell),
    health,
    gateway,
    showModels: modelsPage({ context, core, gateway }),
  });
  context.subscriptions.push(
    cleanLater(core.home, core.settings),
    core.onHealth(() => tellHealth({ core, view })),
    core.onChanged(() => void Promise.all([shown.renew(), tellModels({ core, view })]).catch(report)),
    vscode.window.onDidChangeActiveTextEditor(shown.tellContext),
    vscode.window.onDidChangeTextEditorSelection(shown.tellContext),
  );
  await shown.restore();
  offerModels(models, core, log, context.subscriptions);
  return {
    run: (name, given) => Promise.resolve(commands[name](given)).catch(report),
    showChat: view.show,
    sessionsTree: trees.sessions,
    changesTree: trees.changes,
    healthTree: health.tree,
    symbolTree: symbolTree(core.world, context.subscriptions),
    symbolDrop: symbolDrop({ refactorings: refactoring, carryOut, files: core.world.files, say: tell }),
    codeActions: refactorActions(refactoring, tell, isShown, hasPreview),
    languageModels: models,
    async close() {
      // It waits for requests under way, sessions wait for nobody.
      const stopped = gateway.stop();
      await live.closeAll();
      store.close();
      await core.close();
      await stopped;
    },
  };

  async function decide(verdict: "keep" | "undo", { path, before, after, hunk }: Place): Promise<void> {
    const sent = await shown.send({ type: "review", verdict, path, before, after, hunk }, false);
    if (sent.kind === "refused") throw new Error(sent.reason);
  }

  function tell(sentence: string): void {
    void vscode.window.showInformationMessage(`Wheelhouse: ${sentence}`);
  }

  function report(error: unknown): void {
    const sentence = messageOf(error);
    log.error(error instanceof Error ? error : sentence);
    void vscode.window.showErrorMessage(`Wheelhouse: ${sentence}`, "Show Log").then((it) => it && log.show());
  }
}
