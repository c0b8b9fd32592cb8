import * as vscode from "vscode";
import type { Reply } from "../agent/events.ts";
import type { ChangedPath } from "../agent/session.ts";
import { cleanCheckpoints } from "./clean-checkpoints.ts";
import type { CodeHealth } from "./code-health.ts";
import type { CommandName } from "./commands.ts";
import type { DeskParts } from "./desk.ts";
import { contextAttachment } from "./editor-context.ts";
import type { HunkReview } from "./hunk-review.ts";
import { keptText } from "./kept-text.ts";
import { type ModelCommandParts, modelCommands } from "./model-commands.ts";
import { deleteSession, exportSession, type PageParts, renameSession } from "./page-requests.ts";

type Parts = PageParts &
  ModelCommandParts &
  Pick<DeskParts, "context" | "diffs" | "proposed" | "trees"> & {
    readonly review: HunkReview;
    readonly refactor: (given: unknown) => Promise<void>;
    readonly health: CodeHealth;
  };
type Run = (given: readonly unknown[]) => unknown;

/** What each command does. `given` is what a menu or tree hands over. */
export function paletteCommands(parts: Parts): Readonly<Record<CommandName, Run>> {
  const { context, core, view, shown, log, review, proposed, refactor, health } = parts;
  const ask = (text: string) =>
    view.reveal().then(() => view.post({ type: "draft", text, attachments: attached(), send: true }));
  return {
    focus: view.reveal,
    newSession: () => shown.showNew().then(view.reveal),
    history: () => vscode.commands.executeCommand("wheelhouse.sessions.focus"),
    stop: () => shown.send({ type: "stop" }, false),
    explain: () => ask("Explain the selected code: what it does, how, and what to watch out for."),
    fix: () => ask(`Fix the problems that the editor shows in ${nameOfOpen()}.`),
    refactor: ([given]) => refactor(given),
    addToChat: () =>
      view.reveal().then(() => view.post({ type: "draft", text: "", attachments: attached(), send: false })),
    "review.open": ([path]) => reviewFile(parts, textOf(path)),
    "review.keepAll": () => decide(parts, "keep", undefined),
    "review.undoAll": () => decide(parts, "undo", undefined),
    "review.keep": ([item]) => decide(parts, "keep", idOf(item)),
    "review.undo": ([item]) => decide(parts, "undo", idOf(item)),
    "review.keepPlace": ([place]) => review.decide("keep", place),
    "review.undoPlace": ([place]) => review.decide("undo", place),
    "review.nextPlace": () => review.go(1),
    "review.previousPlace": () => review.go(-1),
    "proposal.accept": () => answerProposal(parts, { kind: "allow" }),
    "proposal.deny": () => answerProposal(parts, { kind: "deny" }),
    "proposal.leaveOut": ([place]) => proposed.leaveOut(place),
    "smells.showInFile": health.showInFile,
    "smells.analyse": health.analyse,
    "smells.export": health.exportReport,
    "smells.groupBySmell": () => health.group("smell"),
    "smells.groupByFile": () => health.group("file"),
    "smells.sortBySeverity": () => health.sort("severity"),
    "smells.sortByPath": () => health.sort("path"),
    "smells.ask": ([given]) => health.ask(given),
    openSession: async ([id]) => refuse(await shown.show(textOf(id) ?? "")).then(view.reveal),
    renameSession: ([item]) => rename(parts, idOf(item)),
    deleteSession: ([item]) => remove(parts, idOf(item)),
    exportSession: () => exportSession(parts.store, shown.id() ?? "", "markdown"),
    cleanCheckpoints: () => cleanCheckpoints(core.home, core.settings()),
    ...modelCommands(parts),
    openSettings: () =>
      vscode.commands.executeCommand("workbench.action.openSettings", `@ext:${context.extension.id}`),
    openWalkthrough: () =>
      vscode.commands.executeCommand("workbench.action.openWalkthrough", `${context.extension.id}#start`),
    showLog: () => log.show(),
  };
}

function attached() {
  const attachment = contextAttachment();
  return attachment ? [attachment] : [];
}

function nameOfOpen(): string {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri ? vscode.workspace.asRelativePath(uri) : "the open file";
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The id of a tree's item. */
function idOf(item: unknown): string | undefined {
  return item instanceof vscode.TreeItem ? item.id : textOf(item);
}

async function refuse(reason: string | undefined): Promise<void> {
  if (reason !== undefined) throw new Error(reason);
}

/** Shows a change that was made, or one that waits for an answer; without a path all that were made. */
async function reviewFile({ shown, core, diffs, proposed }: Parts, path: string | undefined): Promise<void> {
  const { changed, id, questions } = shown.state();
  const proposal = questions.find(
    (it) => it.display.kind === "diff" && it.display.files.some((file) => file.path === path),
  );
  const waiting = proposal && shown.session()?.proposal(proposal.call);
  if (waiting) return proposed.show(proposal.call, proposal.question, waiting);
  const before = async (it: ChangedPath) => ({
    changed: it,
    before: await keptText(core.home, id, it.before),
  });
  const one = changed.find((it) => it.path === path) ?? (changed.length === 1 ? changed[0] : undefined);
  if (one) return diffs.review(one, (await before(one)).before);
  if (changed.length === 0)
    return void vscode.window.showInformationMessage("There are no changes to review.");
  return diffs.reviewAll(await Promise.all(changed.map(before)));
}

/** Answers the question whose proposal the editor with the focus shows, of whatever session. */
async function answerProposal({ live, proposed }: Parts, reply: Reply): Promise<void> {
  const question = proposed.shown();
  const asking = live.all().find((it) => it.state().questions.some((open) => open.question === question));
  if (question === undefined || !asking?.session)
    return void vscode.window.showInformationMessage("The editor shows no proposed change of Wheelhouse.");
  const sent = await asking.session.send(proposed.withEdits({ type: "reply", question, reply }));
  if (sent.kind === "refused") throw new Error(sent.reason);
}

async function decide(
  { shown, trees }: Parts,
  type: "keep" | "undo",
  path: string | undefined,
): Promise<void> {
  const sent = await shown.send({ type, ...(path !== undefined && { paths: [path] }) }, false);
  trees.changes.refresh();
  if (sent.kind === "refused") throw new Error(sent.reason);
}

async function rename(parts: Parts, id: string | undefined): Promise<void> {
  if (id === undefined) return;
  const title = await vscode.window.showInputBox({
    title: "Rename Session",
    prompt: "The session's new title",
  });
  if (title) await renameSession(parts, id, title);
  parts.trees.sessions.refresh();
}

async function remove(parts: Parts, id: string | undefined): Promise<void> {
  if (id === undefined) return;
  const isSure = await vscode.window.showWarningMessage(
    "Delete this session and everything it kept? Files it changed stay as they are.",
    { modal: true },
    "Delete",
  );
  if (isSure) await refuse(await deleteSession(parts, id));
  parts.trees.sessions.refresh();
}
