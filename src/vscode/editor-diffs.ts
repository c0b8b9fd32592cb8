import { applyPatch } from "diff";
import * as vscode from "vscode";
import type { FileDiff } from "../agent/display.ts";
import type { ChangedPath } from "../agent/session.ts";
import type { Files } from "../world.ts";

/** Scheme of texts that are on no disk: what a file was, or what it is proposed to be. */
const SCHEME = "wheelhouse-text";
/** Ends the query of a proposal's left side. */
const BEFORE = "-before";

/** Shows changes in the editor's own diff, never taking the focus unless asked. */
export interface Diffs {
  /** A change that waits for the person's answer: the file as it is beside what it would be. */
  readonly showProposal: (question: string, files: readonly FileDiff[]) => Promise<void>;
  readonly closeProposal: (question: string) => Promise<void>;
  /** A change that was made: what the file was beside what it is. */
  readonly review: (changed: ChangedPath, before: string) => Promise<void>;
  /** Once the person has decided on these files there is nothing left to look at. */
  readonly closeReviews: (paths: readonly string[]) => Promise<void>;
  readonly reviewAll: (
    changed: readonly { readonly changed: ChangedPath; readonly before: string }[],
  ) => Promise<void>;
}

/** Diffs in this window. `isBusy`: the person is at work in an editor, and nothing is put before it. */
export function editorDiffs(files: Files, isBusy: () => boolean, subscriptions: vscode.Disposable[]): Diffs {
  const texts = new Map<string, string>();
  const provider: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "",
  };
  subscriptions.push(vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider));
  const never = new AbortController().signal;
  return {
    async showProposal(question, proposed) {
      const [file] = proposed;
      if (!file || file.cut) return;
      const found = await files.read(file.path, never);
      const before = found.kind === "text" ? found.text : "";
      const after = file.change === "removed" ? "" : applyPatch(before, `--- f\n+++ f\n${file.patch}\n`);
      if (after === false) return;
      const left = virtual(file.path, question + BEFORE, before);
      const right = virtual(file.path, question, after);
      await vscode.commands.executeCommand(
        "vscode.diff",
        left,
        right,
        `${nameOf(file.path)} (proposed by Wheelhouse)`,
        // What the person reads in a preview stays: this one is closed again with the answer.
        { preview: false, preserveFocus: true, background: isBusy() },
      );
    },
    async closeProposal(question) {
      await closeDiffs(({ modified }) => modified.scheme === SCHEME && modified.query === question);
      for (const key of texts.keys()) if (key.includes(question)) texts.delete(key);
    },
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
      closeDiffs(
        ({ original, modified }) =>
          original.scheme === SCHEME && !original.query.endsWith(BEFORE) && paths.includes(modified.fsPath),
      ),
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
