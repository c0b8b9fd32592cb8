import * as vscode from "vscode";
import type { Command, EditedProposal } from "../agent/events.ts";
import { hunksBetween } from "../text/hunks.ts";
import { changesBetween, linesWithEnds } from "../text/line-changes.ts";
import type { FileChange } from "../world.ts";
import { PROPOSAL, type ProposalFiles, proposalFiles } from "./proposal-files.ts";
import { isPlaceOf, lensesOf, type ProposedPlace } from "./proposal-lenses.ts";
import { closeTabs } from "./tabs.ts";

type ReplyCommand = Extract<Command, { type: "reply" }>;

/** Scheme of the left sides: files as they are. */
const PRESENT = "wheelhouse-present";

/** Changes that wait for the person's answer, beside the files as they are; what would be may be written over. */
export interface Proposals {
  /** Shows what the model has written of a change so far; it may not be written over yet. */
  readonly stream: (call: string, changes: readonly FileChange[]) => Promise<void>;
  /** Shows the change a question is about, or again what was made of it, without taking the focus: one file as a diff, several in one review. */
  readonly show: (call: string, question: string, changes: readonly FileChange[]) => Promise<void>;
  /** Closes it, whatever was typed. */
  readonly close: (call: string) => Promise<void>;
  /** Closes those of these calls that nobody is asked about. */
  readonly closeStreams: (calls: readonly string[]) => Promise<void>;
  /** A reply with what the person made of the proposed texts, saved or not. */
  readonly withEdits: (reply: ReplyCommand) => ReplyCommand;
  /** The question whose change the editor with the focus shows. */
  readonly shown: () => string | undefined;
  /** Takes one place out of a proposal. */
  readonly leaveOut: (place: unknown) => Promise<void>;
}

interface ShownFile {
  readonly change: FileChange;
  readonly left: vscode.Uri;
  readonly right: vscode.Uri;
}

interface Shown {
  readonly title: string;
  readonly files: readonly ShownFile[];
  /** `undefined`: the model is still writing it. */
  readonly question: string | undefined;
}

/** Proposals in this window. `isBusy`: the person is at work in an editor, and nothing is put before it. */
export function proposals(
  isBusy: () => boolean,
  subscriptions: vscode.Disposable[],
  scheme = PROPOSAL,
): Proposals {
  const open = new Map<string, Shown>();
  const texts = proposalFiles();
  const shelf = { open, texts, scheme, isBusy };
  const isWith = (uri: vscode.Uri) => (it: ShownFile) =>
    [it.left.toString(), it.right.toString()].includes(uri.toString());
  const beforeOf = (uri: vscode.Uri) => open.get(uri.query)?.files.find(isWith(uri))?.change.before ?? "";
  const isAsked = (uri: vscode.Uri) => open.get(uri.query)?.question !== undefined;
  const lensesChanged = new vscode.EventEmitter<void>();
  subscriptions.push(
    lensesChanged,
    vscode.workspace.registerFileSystemProvider(scheme, texts),
    vscode.workspace.registerTextDocumentContentProvider(PRESENT, { provideTextDocumentContent: beforeOf }),
    vscode.languages.registerCodeLensProvider(
      { scheme },
      {
        onDidChangeCodeLenses: lensesChanged.event,
        provideCodeLenses: (it) => (isAsked(it.uri) ? lensesOf(it, beforeOf(it.uri)) : []),
      },
    ),
  );
  return {
    stream: (call, changes) => put(shelf, call, undefined, changes),
    async show(call, question, changes) {
      await put(shelf, call, question, changes);
      lensesChanged.fire();
    },
    close: (call) => close(shelf, call),
    async closeStreams(calls) {
      for (const call of calls) if (open.get(call)?.question === undefined) await close(shelf, call);
    },
    withEdits(reply) {
      const shown = [...open.values()].find((it) => it.question === reply.question);
      return shown ? { ...reply, edited: shown.files.flatMap((it) => editOf(it, texts)) } : reply;
    },
    shown: () => {
      const uri = vscode.window.activeTextEditor?.document.uri;
      return uri?.scheme === scheme || uri?.scheme === PRESENT ? open.get(uri.query)?.question : undefined;
    },
    async leaveOut(place) {
      if (!isPlaceOf(place)) return;
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(place.uri, true));
      await takeOut(document, beforeOf(document.uri), place);
    },
  };
}

/** What is open in this window. */
interface Shelf {
  readonly open: Map<string, Shown>;
  readonly texts: ProposalFiles;
  readonly scheme: string;
  readonly isBusy: () => boolean;
}

async function put(
  { open, texts, scheme, isBusy }: Shelf,
  call: string,
  question: string | undefined,
  changes: readonly FileChange[],
): Promise<void> {
  const last = open.get(call);
  if (last?.question !== undefined) return question === undefined ? undefined : openDiff(last, isBusy());
  const files = changes.map((change) => {
    // The path keeps its ending, so that the text is shown in its language, and is read above the editor.
    const path = `/${vscode.workspace.asRelativePath(change.path).replaceAll("\\", "/").replace(/^\//, "")}`;
    const uri = (of: string) => vscode.Uri.from({ scheme: of, path, query: call });
    return { change, left: uri(PRESENT), right: uri(scheme) };
  });
  const shown = { title: titleOf(changes), files, question };
  open.set(call, shown);
  for (const { change, right } of files) texts.put(right, change.after ?? "", question !== undefined);
  if (!last) await openDiff(shown, isBusy());
}

async function close({ open, texts }: Shelf, call: string): Promise<void> {
  const shown = open.get(call);
  if (!shown) return;
  // A text that was typed into would ask whether to save it.
  for (const { right } of shown.files) await documentAt(right)?.save();
  const isIts = (tab: vscode.Tab) => shows(tab, call, shown);
  await closeTabs(vscode.window.tabGroups.all.flatMap((it) => it.tabs.filter(isIts)));
  open.delete(call);
  for (const { right } of shown.files) texts.drop(right);
}

/** What the person made of a proposed text, if anything. */
function editOf(
  { change: { path, after }, right }: ShownFile,
  texts: ProposalFiles,
): readonly EditedProposal[] {
  const document = documentAt(right);
  const theirs = document?.isDirty ? document.getText() : texts.saved(right);
  if (after === undefined || theirs === undefined) return [];
  const text = withEndingsOf(after, theirs);
  return text === after ? [] : [{ path, text }];
}

/** `text` with the line endings that its untouched lines had: the editor gives all lines one kind. */
function withEndingsOf(proposed: string, text: string): string {
  const [own, young] = [linesWithEnds(proposed), linesWithEnds(text)];
  const bare = (lines: readonly string[]) => lines.map((it) => it.replace(/\r?\n$/, "\n"));
  const hunks = changesBetween(bare(own), bare(young));
  if (!hunks) return text;
  let from = 0;
  const parts = hunks.map((it) => {
    const kept = own.slice(from, it.from);
    from = it.to;
    return [...kept, ...young.slice(it.at, it.end)].join("");
  });
  return parts.join("") + own.slice(from).join("");
}

function documentAt(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((it) => it.uri.toString() === uri.toString());
}

/** Several files stand in an editor whose tab has only its title, and behind that their number. */
function shows({ input, label }: vscode.Tab, call: string, { files, title }: Shown): boolean {
  if (input instanceof vscode.TabInputTextDiff) return input.modified.query === call;
  if (input instanceof vscode.TabInputText) return input.uri.query === call;
  return files.length > 1 && label.startsWith(title);
}

async function openDiff({ title, files }: Shown, background: boolean): Promise<void> {
  const [file] = files;
  // What the person reads in a preview stays: this one is closed again with the answer.
  const options = { preview: false, preserveFocus: true, background };
  if (file && files.length === 1)
    return vscode.commands.executeCommand("vscode.diff", file.left, file.right, title, options);
  const resources = files.map(({ change, left, right }) => [
    vscode.Uri.file(change.path),
    change.before === undefined ? undefined : left,
    change.after === undefined ? undefined : right,
  ]);
  await vscode.commands.executeCommand("vscode.changes", title, resources);
}

function titleOf(changes: readonly FileChange[]): string {
  const [first] = changes;
  return changes.length === 1 && first
    ? `${first.path.split(/[\\/]/).at(-1)} (proposed by Wheelhouse)`
    : `${changes.length} files (proposed by Wheelhouse)`;
}

async function takeOut(
  document: vscode.TextDocument,
  before: string,
  { hunk }: ProposedPlace,
): Promise<void> {
  const place = hunksBetween(before, document.getText())[hunk];
  if (!place) return;
  const old = linesWithEnds(before).slice(place.from, place.to).join("");
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(place.at, 0, place.end, 0), old);
  await vscode.workspace.applyEdit(edit);
}
