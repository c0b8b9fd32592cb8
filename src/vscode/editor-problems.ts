import { extname } from "node:path";
import * as vscode from "vscode";
import type { Problem, Problems } from "../world.ts";
import { SMELL_SOURCE } from "./smell-diagnostics.ts";
import { closeTabs, tabsOf } from "./tabs.ts";
import { typescriptProblems } from "./typescript-problems.ts";

/** How long checkers may take to react to a changed text, and how long they must then be quiet, in milliseconds. */
const REACTION_MS = 2_000;
const QUIET_MS = 250;
/** How long they may take with a file that nobody has shown them, and with one of a kind they never spoke about. */
const FIRST_LOOK_MS = 1_000;
const UNKNOWN_MS = 300;
/** How long a tab that was opened may take to be known. */
const TAB_MS = 1_000;
/** A text that changed longer ago than this has been checked. */
const SETTLED_MS = 4_000;
/** Endings of what VS Code checks by itself. */
const CHECKED = [
  ".ts",
  ".tsx",
  ".mts",
  ".cts",
  ".js",
  ".jsx",
  ".mjs",
  ".cjs",
  ".json",
  ".css",
  ".scss",
  ".less",
  ".html",
];

/** What the editor's language extensions say about files. */
export function editorProblems(subscriptions: vscode.Disposable[]): Problems {
  const changedAt = new Map<string, number>();
  const checkedAt = new Map<string, number>();
  const kinds = new Set(CHECKED);
  /** What was last said about files that had a tab only for that. */
  const lastSaid = new Map<string, readonly Problem[]>();
  subscriptions.push(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0) return;
      changedAt.set(document.uri.fsPath, Date.now());
      lastSaid.delete(document.uri.fsPath);
    }),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      for (const { fsPath } of uris) {
        checkedAt.set(fsPath, Date.now());
        kinds.add(extname(fsPath));
      }
    }),
  );
  return {
    available: true,
    async of(paths, signal) {
      if (paths.length === 0) return allProblems();
      const asked = new Map(
        await Promise.all(paths.map(async (it) => [it, await typescriptProblems(it, signal)] as const)),
      );
      const open = paths.filter((it) => asked.get(it) === undefined && limitOf(it) > 0);
      const limitMs = Math.max(0, ...open.map(limitOf));
      const look = async () => {
        await settled(open, limitMs, signal);
        for (const path of open) lastSaid.set(path, problemsOf(path));
      };
      await inTabs(
        open.filter((it) => kinds.has(extname(it))),
        look,
      );
      return paths.flatMap((it) => {
        const said = (hasTab(it) ? undefined : lastSaid.get(it)) ?? problemsOf(it);
        const answer = asked.get(it);
        return answer ? [...answer, ...said.filter(({ source }) => source !== "ts")] : said;
      });
    },
  };

  /** How long to wait for what is said about a file; 0: what there is has been said. */
  function limitOf(path: string): number {
    const hasChanged = Date.now() - (changedAt.get(path) ?? 0) < SETTLED_MS;
    if (!kinds.has(extname(path))) return hasChanged ? UNKNOWN_MS : 0;
    if (hasChanged) return REACTION_MS;
    return lastSaid.has(path) || hasTab(path) ? 0 : FIRST_LOOK_MS;
  }

  /** Polls, for there is no event for "done": a reaction, then quiet, or the time is up. */
  async function settled(paths: readonly string[], limitMs: number, signal: AbortSignal): Promise<void> {
    await until(() => {
      signal.throwIfAborted();
      return paths.every(isQuiet);
    }, limitMs);
  }

  function isQuiet(path: string): boolean {
    const at = checkedAt.get(path) ?? 0;
    return at > (changedAt.get(path) ?? 0) && Date.now() - at > QUIET_MS;
  }
}

/** Looks again and again until it is so or the time is up. */
async function until(isSo: () => boolean, limitMs: number): Promise<void> {
  const from = Date.now();
  while (!isSo() && Date.now() - from < limitMs) await new Promise((resolve) => setTimeout(resolve, 50));
}

/**
 * Does `work` while each file has a tab, since VS Code's TypeScript checks no others (`shouldValidate` in its
 * bufferSyncSupport.ts). Tabs that were missing are opened behind the one that is seen, and closed again.
 */
async function inTabs(paths: readonly string[], work: () => Promise<void>): Promise<void> {
  const opened: vscode.Uri[] = [];
  try {
    for (const uri of paths.map((it) => vscode.Uri.file(it)).filter((it) => tabsOf(it).length === 0)) {
      // A file that is still to be made has no problems.
      const isThere = await vscode.workspace.openTextDocument(uri).then(
        () => true,
        () => false,
      );
      if (!isThere) continue;
      opened.push(uri);
      await vscode.commands.executeCommand("vscode.open", uri, { preview: false, background: true });
      // Told of later than opened: one that is not known yet could not be closed again.
      await until(() => tabsOf(uri).length > 0, TAB_MS);
    }
    await work();
  } finally {
    await closeTabs(opened.flatMap(tabsOf));
  }
}

function hasTab(path: string): boolean {
  return tabsOf(vscode.Uri.file(path)).length > 0;
}

const SEVERITIES = ["error", "warning", "information", "hint"] as const;

function allProblems(): readonly Problem[] {
  const all = vscode.languages.getDiagnostics().filter(([uri]) => uri.scheme === "file");
  return all.flatMap(([uri, found]) => found.filter(isProblem).map((it) => problemOf(uri, it)));
}

function problemsOf(path: string): readonly Problem[] {
  const uri = vscode.Uri.file(path);
  const all = vscode.languages.getDiagnostics(uri);
  return all.filter(isProblem).map((it) => problemOf(uri, it));
}

/** Smells of ours are no problems that an edit could have made. */
function isProblem({ source }: vscode.Diagnostic): boolean {
  return source !== SMELL_SOURCE;
}

function problemOf(uri: vscode.Uri, { range, severity, message, source }: vscode.Diagnostic): Problem {
  return {
    path: uri.fsPath,
    line: range.start.line + 1,
    column: range.start.character + 1,
    severity: SEVERITIES[severity] ?? "information",
    message,
    ...(source !== undefined && { source }),
  };
}
