import * as vscode from "vscode";
import { COMMAND_NAMES } from "./vscode/commands.ts";
import type { Host } from "./vscode/host.ts";
import { REFACTOR_SELECTOR } from "./vscode/refactor-languages.ts";

/** Ends what was started; VS Code tells `deactivate` nothing, and waits for it. */
const endings = new Set<() => Promise<void>>();

/** Registers names and returns; what stands behind them is loaded when the first is used. */
export function activate(context: vscode.ExtensionContext): void {
  let started: Promise<Host> | undefined;
  const host = () => (started ??= import("./vscode/host.ts").then((it) => it.startHost(context)));
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
    lazyActions(async () => (await host()).codeActions),
  );
  endings.add(async () => (await started)?.close());
}

/** Stops all sessions, with their ends written down, before the window goes. */
export async function deactivate(): Promise<void> {
  await Promise.all([...endings].map((it) => it()));
}

/** A tree whose content is made when it is first shown. */
function lazyTree(
  id: string,
  load: () => Promise<vscode.TreeDataProvider<vscode.TreeItem>>,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let tree: Promise<vscode.TreeDataProvider<vscode.TreeItem>> | undefined;
  const loaded = () =>
    (tree ??= load().then((it) => {
      it.onDidChangeTreeData?.(() => changed.fire());
      return it;
    }));
  const provider: vscode.TreeDataProvider<vscode.TreeItem> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (item) => item,
    getChildren: async (item) => (await loaded()).getChildren(item),
  };
  return vscode.Disposable.from(changed, vscode.window.registerTreeDataProvider(id, provider));
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
