import * as vscode from "vscode";
import type { ChangedPath } from "../agent/session.ts";

/** Scheme of texts that are on no disk: what a file was. */
const SCHEME = "wheelhouse-text";

/** Shows changes in the editor's own diff, never taking the focus unless asked. */
export interface Diffs {
  /** A change that was made: what the file was beside what it is. */
  readonly review: (changed: ChangedPath, before: string) => Promise<void>;
  /** Once the person has decided on these files there is nothing left to look at. */
  readonly closeReviews: (paths: readonly string[]) => Promise<void>;
  readonly reviewAll: (
    changed: readonly { readonly changed: ChangedPath; readonly before: string }[],
  ) => Promise<void>;
}

/** Diffs in this window. */
export function editorDiffs(subscriptions: vscode.Disposable[]): Diffs {
  const texts = new Map<string, string>();
  const provider: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "",
  };
  subscriptions.push(vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider));
  return {
    async review(changed, before) {
      const [left, right] = sides(changed, before);
      await vscode.commands.executeCommand(
        "vscode.diff",
        left,
        right,
        `${nameOf(changed.path)} (before ↔ now)`,
        { preview: true, preserveFocus: true },
      );
    },
    closeReviews: (paths) =>
      closeDiffs(({ original, modified }) => original.scheme === SCHEME && paths.includes(modified.fsPath)),
    async reviewAll(all) {
      const resources = all.map(({ changed, before }) => {
        const [left, right] = sides(changed, before);
        return [
          vscode.Uri.file(changed.path),
          changed.before === undefined ? undefined : left,
          changed.after === undefined ? undefined : right,
        ];
      });
      await vscode.commands.executeCommand("vscode.changes", "Changes by Wheelhouse", resources);
    },
  };

  function sides(
    { path, before: hash, after }: ChangedPath,
    before: string,
  ): readonly [vscode.Uri, vscode.Uri] {
    const now = after === undefined ? virtual(path, "removed", "") : vscode.Uri.file(path);
    return [virtual(path, hash ?? "absent", before), now];
  }

  /** The path keeps its ending, so that the text is shown in its language. */
  function virtual(path: string, query: string, text: string): vscode.Uri {
    const uri = vscode.Uri.file(path).with({ scheme: SCHEME, query });
    texts.set(uri.toString(), text);
    return uri;
  }
}

/** Closes diffs that nothing was typed into. */
async function closeDiffs(isMeant: (diff: vscode.TabInputTextDiff) => boolean): Promise<void> {
  const isIt = ({ input, isDirty }: vscode.Tab) =>
    input instanceof vscode.TabInputTextDiff && !isDirty && isMeant(input);
  await vscode.window.tabGroups.close(
    vscode.window.tabGroups.all.flatMap((it) => it.tabs.filter(isIt)),
    true,
  );
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
