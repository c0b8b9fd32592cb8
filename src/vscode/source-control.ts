import * as vscode from "vscode";
import type { ChangedPath } from "../agent/session.ts";

/** Scheme of what files were before their changes that still wait for a decision. */
const SCHEME = "wheelhouse-before";

/**
 * Changes that wait for a decision in the Source Control view, and what was there before beside each line, in the
 * editor's own quick diff. There is such a provider only while there are such changes.
 */
export function sourceControl(
  changed: () => readonly ChangedPath[],
  text: (hash: string | undefined) => Promise<string>,
  subscriptions: vscode.Disposable[],
): { readonly refresh: () => void } {
  const changes = new vscode.EventEmitter<vscode.Uri>();
  let shown:
    | { readonly control: vscode.SourceControl; readonly group: vscode.SourceControlResourceGroup }
    | undefined;
  subscriptions.push(
    changes,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changes.event,
      provideTextDocumentContent: ({ fsPath }) => text(changed().find((it) => it.path === fsPath)?.before),
    }),
    { dispose: () => shown?.control.dispose() },
  );
  return { refresh };

  function refresh(): void {
    const all = changed();
    if (all.length === 0) {
      shown?.control.dispose();
      shown = undefined;
      return;
    }
    shown ??= open();
    const { group, control } = shown;
    group.resourceStates = all.map(stateOf);
    control.count = all.length;
    for (const { path } of all) changes.fire(beforeOf(vscode.Uri.file(path)));
  }

  function open() {
    const control = vscode.scm.createSourceControl("wheelhouse", "Wheelhouse");
    const group = control.createResourceGroup("open", "Waiting for Your Decision");
    group.hideWhenEmpty = true;
    control.inputBox.visible = false;
    control.quickDiffProvider = {
      provideOriginalResource: (uri) =>
        changed().some((it) => it.path === uri.fsPath) ? beforeOf(uri) : undefined,
    };
    return { control, group };
  }
}

function beforeOf(uri: vscode.Uri): vscode.Uri {
  return uri.with({ scheme: SCHEME });
}

function stateOf({ path, before, after }: ChangedPath): vscode.SourceControlResourceState {
  return {
    resourceUri: vscode.Uri.file(path),
    command: { command: "wheelhouse.review.open", title: "Review Changes", arguments: [path] },
    decorations: {
      strikeThrough: after === undefined,
      tooltip: before === undefined ? "Added" : after === undefined ? "Removed" : "Changed",
    },
  };
}
