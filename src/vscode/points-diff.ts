import * as vscode from "vscode";
import type { Compared } from "../journal/compare.ts";

/** Scheme of what files were at a message. */
const SCHEME = "wheelhouse-point";

/** Shows how files differ between two moments of a session. */
export interface Points {
  /** In the editor's diff of several files; `names`: what the two moments are called. With `isNow` the right sides are the files themselves. */
  readonly show: (
    compared: readonly Compared[],
    names: readonly [from: string, to: string],
    isNow: boolean,
  ) => Promise<void>;
}

/** Comparisons in this window. The texts of the last one are kept, and of no other. */
export function pointsDiff(subscriptions: vscode.Disposable[]): Points {
  let texts: ReadonlyMap<string, string> = new Map();
  let count = 0;
  const provider: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "",
  };
  subscriptions.push(vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider));
  return {
    async show(compared, [from, to], isNow) {
      const held = new Map<string, string>();
      const moment = (path: string, text: string | undefined, name: string) => {
        if (text === undefined) return undefined;
        const uri = vscode.Uri.file(path).with({ scheme: SCHEME, query: `${++count} ${name}` });
        held.set(uri.toString(), text);
        return uri;
      };
      const resources = compared.map(({ path, before, after }) => {
        const file = vscode.Uri.file(path);
        const right = isNow && after !== undefined ? file : moment(path, after, to);
        return [file, moment(path, before, from), right];
      });
      texts = held;
      await vscode.commands.executeCommand("vscode.changes", `${from} ↔ ${to}`, resources);
    },
  };
}
