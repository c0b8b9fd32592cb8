import * as vscode from "vscode";
import { tools } from "../agent/tools/all.ts";
import type { RuledSettings } from "../node/settings-policy.ts";
import { settingsRules } from "../node/settings-rules.ts";
import { doubts } from "../permission/rules.ts";
import { type EditorSettings, editorSettings } from "./editor-settings.ts";

/** The settings of this window, which are read again whenever they change. */
export interface LiveSettings {
  readonly now: () => RuledSettings;
  readonly refresh: () => Promise<void>;
}

/** Reads them. `log` hears what is wrong with them, and the person what protects no longer; `onChanged` is called when they are others. */
export async function liveSettings(
  home: string,
  log: vscode.LogOutputChannel,
  onChanged: () => void,
  subscriptions: vscode.Disposable[],
): Promise<LiveSettings> {
  let warned = "";
  let reads = 0;
  let read = await readAll();
  subscriptions.push(
    vscode.workspace.onDidChangeConfiguration(
      (it) => void (it.affectsConfiguration("wheelhouse") && refresh()),
    ),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void refresh()),
    ...watched(new vscode.RelativePattern(vscode.Uri.file(home), "{settings,rules}.*"), refresh),
    ...watched("**/.wheelhouse/settings*.*", refresh),
  );
  return { now: () => read, refresh };

  async function refresh(): Promise<void> {
    const mine = ++reads;
    const found = await readAll();
    // One that began later knows better.
    if (mine !== reads) return;
    read = found;
    onChanged();
  }

  async function readAll(): Promise<RuledSettings> {
    const found = await editorSettings(home, vscode.workspace.workspaceFolders?.[0]?.uri.fsPath);
    const { problems, ...ruled } = withRules(found);
    for (const problem of problems) log.warn(problem);
    // Settings are read again and again; what is wrong with them is said once.
    const broken = ruled.broken.join(" ");
    if (broken !== warned && broken !== "")
      void vscode.window.showWarningMessage(
        `Wheelhouse cannot tell what these settings forbid, so it asks about everything but reading: ${broken}`,
      );
    warned = broken;
    return ruled;
  }
}

/** Calls `onEvent` whenever a file that fits comes, changes or goes. */
function watched(files: vscode.GlobPattern, onEvent: () => void): readonly vscode.Disposable[] {
  const watcher = vscode.workspace.createFileSystemWatcher(files);
  return [watcher, watcher.onDidChange(onEvent), watcher.onDidCreate(onEvent), watcher.onDidDelete(onEvent)];
}

function withRules({ settings, problems, broken }: EditorSettings): RuledSettings & EditorSettings {
  const read = settingsRules(settings);
  const names = tools.map((it) => it.name);
  return {
    settings,
    rules: read.rules,
    problems: [...problems, ...read.wrong, ...doubts(read.rules, names)],
    broken: [...broken, ...read.broken],
  };
}
