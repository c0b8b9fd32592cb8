import * as vscode from "vscode";
import { COMMAND_NAMES } from "./vscode/commands.ts";
import type { Host } from "./vscode/host.ts";

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
