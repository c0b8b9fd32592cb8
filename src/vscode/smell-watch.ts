import * as vscode from "vscode";
import type { Finding } from "../smells/finding.ts";
import { isSmellFile } from "../smells/smell-files.ts";
import { messageOf } from "../std/error-message.ts";
import { diagnosticOf, type ShownSmells } from "./smell-diagnostics.ts";

/**
 * How long after an edit an open file is looked at again, in milliseconds: behind the language's own checkers, for what
 * they say is waited for after an edit of ours, and this is none of it.
 */
const PAUSE_MS = 2_500;

/** Smells among the editor's problems, file by file. */
export interface SmellWatch {
  /** Looks at a document now, and again when it has changed, until it is closed. Rejects with the signal's reason. */
  readonly look: (document: vscode.TextDocument, signal: AbortSignal) => Promise<readonly Finding[]>;
  readonly shown: (document: vscode.TextDocument) => ShownSmells | undefined;
  /** Looks at all open documents where that is set, else only at those that were asked for. */
  readonly settingsChanged: () => void;
}

/** What a watch works with. */
interface WatchParts {
  readonly find: (document: vscode.TextDocument, signal: AbortSignal) => Promise<readonly Finding[]>;
  /** Whether all open documents are looked at. */
  readonly isEnabled: () => boolean;
  readonly log: Pick<vscode.LogOutputChannel, "warn">;
  /** In milliseconds, instead of the usual pause. */
  readonly pauseMs?: number;
}

/** Keeps what is said about open documents up to date. */
export function smellWatch(
  { find, isEnabled, log, pauseMs = PAUSE_MS }: WatchParts,
  subscriptions: vscode.Disposable[],
): SmellWatch {
  const smells = shownSmells();
  const asked = new Set<string>();
  const waiting = waitingLooks(log);
  const later = (it: vscode.TextDocument, ms: number) =>
    isWatched(it) ? waiting.begin(it, ms, (signal) => look(it, signal)) : waiting.end(it);
  subscriptions.push(
    smells,
    waiting,
    vscode.workspace.onDidOpenTextDocument((it) => later(it, 0)),
    vscode.workspace.onDidChangeTextDocument((it) => later(it.document, pauseMs)),
    vscode.workspace.onDidCloseTextDocument(forget),
  );
  settingsChanged();
  return {
    settingsChanged,
    shown: smells.of,
    look(document, signal) {
      asked.add(document.uri.toString());
      return look(document, signal);
    },
  };

  async function look(document: vscode.TextDocument, signal: AbortSignal): Promise<readonly Finding[]> {
    const { version } = document;
    const findings = await find(document, signal);
    if (document.version === version && isWatched(document)) smells.show(document, { findings, version });
    return findings;
  }

  function isWatched({ uri, isClosed }: vscode.TextDocument): boolean {
    if (isClosed || uri.scheme !== "file" || !isSmellFile(uri.fsPath)) return false;
    return isEnabled() || asked.has(uri.toString());
  }

  function forget(document: vscode.TextDocument): void {
    waiting.end(document);
    asked.delete(document.uri.toString());
    smells.hide(document);
  }

  function settingsChanged(): void {
    for (const it of vscode.workspace.textDocuments) isWatched(it) ? later(it, 0) : forget(it);
  }
}

/** What the editor shows of each document. */
function shownSmells() {
  const diagnostics = vscode.languages.createDiagnosticCollection("wheelhouse-smells");
  const known = new Map<string, ShownSmells>();
  return {
    of: ({ uri }: vscode.TextDocument) => known.get(uri.toString()),
    show({ uri }: vscode.TextDocument, smells: ShownSmells) {
      known.set(uri.toString(), smells);
      diagnostics.set(uri, smells.findings.map(diagnosticOf));
    },
    hide({ uri }: vscode.TextDocument) {
      known.delete(uri.toString());
      diagnostics.delete(uri);
    },
    dispose: () => diagnostics.dispose(),
  };
}

/** Looks at documents that are to come: one each, and a later one takes an earlier one's place. */
function waitingLooks(log: WatchParts["log"]) {
  const open = new Map<string, AbortController>();
  return { begin, end, dispose };

  function begin(
    document: vscode.TextDocument,
    ms: number,
    look: (signal: AbortSignal) => Promise<unknown>,
  ): void {
    end(document);
    const controller = new AbortController();
    const { signal } = controller;
    open.set(document.uri.toString(), controller);
    const timer = setTimeout(() => {
      look(signal).catch((error: unknown) => {
        if (!signal.aborted)
          log.warn(`Cannot look for smells in "${document.uri.fsPath}": ${messageOf(error)}`);
      });
    }, ms);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  }

  function end({ uri }: vscode.TextDocument): void {
    open.get(uri.toString())?.abort();
    open.delete(uri.toString());
  }

  function dispose(): void {
    for (const it of open.values()) it.abort();
  }
}
