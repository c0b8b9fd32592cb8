import * as vscode from "vscode";
import { COMMAND_NAMES } from "./vscode/commands.ts";
import type { Host } from "./vscode/host.ts";
import { type KeptModels, keptModels } from "./vscode/kept-models.ts";
import { REFACTOR_SELECTOR } from "./vscode/refactor-languages.ts";
import type { SymbolDrop } from "./vscode/symbol-drop.ts";
import { SYMBOL_MIME } from "./vscode/symbol-mime.ts";

/** Ends what was started; VS Code tells `deactivate` nothing, and waits for it. */
const endings = new Set<() => Promise<void>>();

/** Registers names and returns; what stands behind them is loaded when the first is used. */
export function activate(context: vscode.ExtensionContext): void {
  let started: Promise<Host> | undefined;
  const offered = new vscode.EventEmitter<void>();
  const host = () =>
    (started ??= import("./vscode/host.ts").then((it) => it.startHost(context, () => offered.fire())));
  for (const name of COMMAND_NAMES) {
    context.subscriptions.push(
      vscode.commands.registerCommand(`wheelhouse.${name}`, async (...given: unknown[]) =>
        (await host()).run(name, given),
      ),
    );
  }
  const chat: vscode.WebviewViewProvider = {
    resolveWebviewView: async (view) => (await host()).showChat(view),
  };
  context.subscriptions.push(
    vscode.window.registerWebviewViewProvider("wheelhouse.chat", chat),
    lazyTree("wheelhouse.sessions", async () => (await host()).sessionsTree),
    lazyTree("wheelhouse.changes", async () => (await host()).changesTree),
    lazyTree("wheelhouse.health", async () => (await host()).healthTree),
    lazyTree(
      "wheelhouse.symbols",
      async () => (await host()).symbolTree,
      lazyDrop(async () => (await host()).symbolDrop),
    ),
    lazyActions(async () => (await host()).codeActions),
    offered,
    lazyModels(
      () => keptModels(context.globalState),
      offered.event,
      () => started,
      host,
    ),
  );
  endings.add(async () => (await started)?.close());
}

/** Stops all sessions, with their ends written down, before the window goes. */
export async function deactivate(): Promise<void> {
  await Promise.all([...endings].map((it) => it()));
}

/** What of a tree is to be drawn anew; nothing: all of it. */
type Changed = vscode.TreeItem | vscode.TreeItem[] | null | undefined;

/** A tree whose content is made when it is first shown. */
function lazyTree(
  id: string,
  load: () => Promise<vscode.TreeDataProvider<vscode.TreeItem>>,
  drop?: vscode.TreeDragAndDropController<vscode.TreeItem>,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<Changed>();
  let tree: Promise<vscode.TreeDataProvider<vscode.TreeItem>> | undefined;
  const loaded = () =>
    (tree ??= load().then((it) => {
      it.onDidChangeTreeData?.((items) => changed.fire(items ?? undefined));
      return it;
    }));
  const provider: vscode.TreeDataProvider<vscode.TreeItem> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (item) => item,
    getChildren: async (item) => (await loaded()).getChildren(item),
  };
  const view = vscode.window.createTreeView(id, {
    treeDataProvider: provider,
    ...(drop && { dragAndDropController: drop }),
  });
  return vscode.Disposable.from(changed, view);
}

/** Drags of symbols, which what loaded the tree deals with. */
function lazyDrop(load: () => Promise<SymbolDrop>): vscode.TreeDragAndDropController<vscode.TreeItem> {
  return {
    dragMimeTypes: [SYMBOL_MIME],
    dropMimeTypes: [SYMBOL_MIME],
    handleDrag: async (...given) => (await load()).handleDrag(...given),
    handleDrop: async (...given) => (await load()).handleDrop(...given),
  };
}

/** Code actions whose provider is loaded when a person asks for some, or has selected code; a mere cursor loads nothing. */
function lazyActions(load: () => Promise<vscode.CodeActionProvider>): vscode.Disposable {
  const { RefactorExtract, RefactorInline, RefactorMove, RefactorRewrite } = vscode.CodeActionKind;
  const kinds = [RefactorExtract, RefactorInline, RefactorMove, RefactorRewrite];
  const provider: vscode.CodeActionProvider = {
    async provideCodeActions(document, range, context, token) {
      const { only, triggerKind } = context;
      const isAsked = triggerKind === vscode.CodeActionTriggerKind.Invoke || !range.isEmpty;
      if (!isAsked || (only && !kinds.some((it) => it.intersects(only)))) return [];
      return (await load()).provideCodeActions(document, range, context, token);
    },
    resolveCodeAction: async (action, token) => (await load()).resolveCodeAction?.(action, token),
  };
  const metadata = { providedCodeActionKinds: kinds };
  return vscode.languages.registerCodeActionsProvider(REFACTOR_SELECTOR, provider, metadata);
}

/**
 * Our models for the editor's own chat. Until somebody uses Wheelhouse in this window the editor is told those that were
 * there last, so that a look at its list loads nothing.
 */
function lazyModels(
  kept: () => KeptModels,
  changed: vscode.Event<void>,
  loaded: () => Promise<Host> | undefined,
  load: () => Promise<Host>,
): vscode.Disposable {
  const models = async () => (await load()).languageModels;
  return vscode.lm.registerLanguageModelChatProvider("wheelhouse", {
    onDidChangeLanguageModelChatInformation: changed,
    async provideLanguageModelChatInformation(options, token) {
      if (options.silent && !loaded()) return [...kept().get()];
      return (await models()).provideLanguageModelChatInformation(options, token);
    },
    provideLanguageModelChatResponse: async (...given) =>
      (await models()).provideLanguageModelChatResponse(...given),
    provideTokenCount: async (...given) => (await models()).provideTokenCount(...given),
  });
}
