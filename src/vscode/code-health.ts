import * as vscode from "vscode";
import { veil } from "../agent/veil.ts";
import { smellSettings } from "../node/smell-limits.ts";
import type { Finding } from "../smells/finding.ts";
import type { Grouping, Order } from "../smells/groups.ts";
import type { SmellFinder } from "../smells/port.ts";
import { jsonReport, markdownReport } from "../smells/reports.ts";
import { sarifReport } from "../smells/sarif.ts";
import { isSmellFile } from "../smells/smell-files.ts";
import { type Survey, survey } from "../smells/survey.ts";
import { never } from "../std/abort.ts";
import { VERSION } from "../version.ts";
import type { Core } from "./core.ts";
import { FindingItem, healthTree } from "./health-tree.ts";
import { signalOf } from "./refactor-actions.ts";
import { smellFixes } from "./smell-fixes.ts";
import { type SmellWatch, smellWatch } from "./smell-watch.ts";
import type { Tree } from "./trees.ts";

/** Files of a workspace that are looked at. */
const MAX_FILES = 10_000;

/** Smells in the editor: of one file among its problems, of the workspace in a view. */
export interface CodeHealth {
  readonly tree: Tree;
  /** Looks at the open file and shows what it finds. */
  readonly showInFile: () => Promise<void>;
  /** Looks at all files of the workspace; the person sees how far it is, and can end it. */
  readonly analyse: () => Promise<void>;
  /** What was found last as a document. */
  readonly exportReport: () => Promise<void>;
  readonly group: (by: Grouping) => void;
  readonly sort: (order: Order) => void;
  /** Asks about a finding, or an item of the view. */
  readonly ask: (given: unknown) => Promise<void>;
}

/** What it works with. */
export interface HealthParts {
  readonly core: Pick<Core, "world" | "settings" | "onChanged"> & { readonly smells: SmellFinder };
  /** Sends a question about a part of a file. */
  readonly send: (text: string, finding: Finding) => Promise<unknown>;
  readonly say: (sentence: string) => void;
  readonly log: Pick<vscode.LogOutputChannel, "warn">;
}

/** Wires smells to the editor. */
export function codeHealth(parts: HealthParts, subscriptions: vscode.Disposable[]): CodeHealth {
  const { core, send, say, log } = parts;
  let found: Survey | undefined;
  let view: { by: Grouping; order: Order } = { by: "smell", order: "severity" };
  const tree = healthTree(
    () => found,
    () => view,
  );
  const find = (document: vscode.TextDocument, signal: AbortSignal) => findIn(document, core, signal);
  const isEnabled = () => core.settings()["smells.enabled"];
  const watch = smellWatch({ find, isEnabled, log }, subscriptions);
  const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
  const fixes = smellFixes(watch.shown);
  subscriptions.push(
    core.onChanged(watch.settingsChanged),
    vscode.languages.registerCodeActionsProvider({ scheme: "file" }, fixes, kinds),
  );
  return {
    tree,
    showInFile: () => showInFile(watch, say),
    analyse,
    exportReport: () => exportReport(found, say),
    group: (by) => redraw({ ...view, by }),
    sort: (order) => redraw({ ...view, order }),
    async ask(given) {
      const finding = given instanceof FindingItem ? given.finding : given;
      if (isFinding(finding)) await send(questionAbout(finding), finding);
    },
  };

  function redraw(next: typeof view): void {
    view = next;
    void vscode.commands.executeCommand("setContext", "wheelhouse.healthBy", view.by);
    void vscode.commands.executeCommand("setContext", "wheelhouse.healthOrder", view.order);
    tree.refresh();
  }

  async function analyse(): Promise<void> {
    const survey = await withProgress((signal, tell) => surveyed(core, tell, signal));
    if (!survey) return;
    found = survey;
    redraw(view);
    await vscode.commands.executeCommand("wheelhouse.health.focus");
  }
}

async function showInFile({ look }: SmellWatch, say: (sentence: string) => void): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.uri.scheme !== "file" || !isSmellFile(document.uri.fsPath))
    return say("Open a file in a language that Wheelhouse parses to look for code smells in it.");
  const findings = await look(document, never());
  if (findings.length > 0) await vscode.commands.executeCommand("workbench.actions.view.problems");
  else say(`No code smells in "${vscode.workspace.asRelativePath(document.uri)}".`);
}

/** What is in one document as it is there, unsaved or not. Rejects when it cannot be looked at. */
async function findIn(
  document: vscode.TextDocument,
  { smells: finder, settings }: HealthParts["core"],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { fsPath } = document.uri;
  const read = async () => document.getText();
  const { findings, skipped } = await survey([fsPath], smellSettings(settings()), { read, finder }, signal);
  if (skipped[0]) throw new Error(skipped[0].reason);
  return findings;
}

/** Does something that takes a while; `undefined`: the person ended it. */
async function withProgress<T>(
  work: (signal: AbortSignal, tell: (message: string, percent: number) => void) => Promise<T>,
): Promise<T | undefined> {
  const { Notification } = vscode.ProgressLocation;
  const options = { location: Notification, title: "Analysing code health", cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    let last = 0;
    const tell = (message: string, percent: number) => {
      progress.report({ message, increment: percent - last });
      last = percent;
    };
    return work(signalOf(token), tell).catch((error: unknown) => {
      if (token.isCancellationRequested) return undefined;
      throw error;
    });
  });
}

/** Looks at all files of the workspace that no ignore file names. */
async function surveyed(
  { world, smells: finder, settings }: HealthParts["core"],
  tell: (message: string, percent: number) => void,
  signal: AbortSignal,
): Promise<Survey> {
  const { files, search, platform, clock } = world;
  const folders = (vscode.workspace.workspaceFolders ?? []).map((it) => it.uri.fsPath);
  const lists = await Promise.all(folders.map((it) => search.files(it, MAX_FILES, signal)));
  const all = [...new Set(lists.flat().filter(isSmellFile))];
  const hidden = await veil({ files, search, roots: () => folders, platform, now: clock.now }).over(all);
  const paths = all.filter((it) => !hidden.paths.has(it)).toSorted((a, b) => (a < b ? -1 : 1));
  const progress = (done: number) => tell(`${done} of ${paths.length} files`, (done / paths.length) * 100);
  const read = async (path: string) => {
    const text = await files.read(path, signal);
    return text.kind === "text" ? text.text : undefined;
  };
  return survey(paths, smellSettings(settings()), { read, finder, progress }, signal);
}

async function exportReport(found: Survey | undefined, say: (sentence: string) => void): Promise<void> {
  if (!found) return say("Analyse the code's health first; then there is something to export.");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "/";
  const reports = {
    Markdown: { language: "markdown", content: () => markdownReport(found, folder) },
    JSON: { language: "json", content: () => jsonReport(found) },
    SARIF: { language: "json", content: () => sarifReport(found, folder, VERSION) },
  };
  const names = Object.keys(reports) as (keyof typeof reports)[];
  const name = await vscode.window.showQuickPick(names, { placeHolder: "Export the report as" });
  if (!name) return;
  const { language, content } = reports[name as keyof typeof reports];
  const document = await vscode.workspace.openTextDocument({ language, content: content() });
  await vscode.window.showTextDocument(document);
}

/** What our own menus and quick fixes hand over. */
function isFinding(value: unknown): value is Finding {
  return typeof value === "object" && value !== null && "smell" in value && "path" in value;
}

function questionAbout({ path, line, smell, message }: Finding): string {
  const name = vscode.workspace.asRelativePath(path);
  return `Fix a code smell in ${name}, line ${line} (${smell}): ${message} What the code does must stay the same.`;
}
