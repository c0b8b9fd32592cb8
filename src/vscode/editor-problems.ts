import * as vscode from "vscode";
import type { Problem, Problems } from "../world.ts";

/** How long checkers may take to react to a changed text, and how long they must then be quiet, in milliseconds. */
const REACTION_MS = 1_500;
const QUIET_MS = 250;
/** A text that changed longer ago than this has been checked. */
const SETTLED_MS = 4_000;

/** What the editor's language extensions say about files. */
export function editorProblems(subscriptions: vscode.Disposable[]): Problems {
  const changedAt = new Map<string, number>();
  const checkedAt = new Map<string, number>();
  subscriptions.push(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) changedAt.set(document.uri.fsPath, Date.now());
    }),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      for (const uri of uris) checkedAt.set(uri.fsPath, Date.now());
    }),
  );
  return {
    available: true,
    async of(paths, signal) {
      await settled(paths, signal);
      const all = vscode.languages.getDiagnostics().filter(([uri]) => uri.scheme === "file");
      const wanted = paths.length === 0 ? all : all.filter(([uri]) => paths.includes(uri.fsPath));
      return wanted.flatMap(([uri, found]) => found.map((it) => problemOf(uri, it)));
    },
  };

  /** Polls, for there is no event for "done": a reaction to the change, then quiet, or the time is up. */
  async function settled(paths: readonly string[], signal: AbortSignal): Promise<void> {
    const from = Date.now();
    const changed = paths.filter((it) => from - (changedAt.get(it) ?? 0) < SETTLED_MS);
    while (changed.some((it) => !isQuiet(it)) && Date.now() - from < REACTION_MS) {
      signal.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  function isQuiet(path: string): boolean {
    const checked = checkedAt.get(path) ?? 0;
    return checked > (changedAt.get(path) ?? 0) && Date.now() - checked > QUIET_MS;
  }
}

const SEVERITIES = ["error", "warning", "information", "hint"] as const;

function problemOf(uri: vscode.Uri, { range, severity, message, source }: vscode.Diagnostic): Problem {
  return {
    path: uri.fsPath, line: range.start.line + 1, column: range.start.character + 1,
    severity: SEVERITIES[severity] ?? "information", message, ...(source !== undefined && { source }),
  };
}
