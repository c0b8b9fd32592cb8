import * as vscode from "vscode";
import { type Changes, changedAt, hunkPlacesIn, type Place, type PlacesIn } from "./hunk-places.ts";

/** What the review is made with. */
export interface HunkReviewParts extends Changes {
  readonly decide: (verdict: "keep" | "undo", place: Place) => Promise<void>;
}

/** Changes that wait for the person's decision, marked in the editor place by place. Nothing is opened or focused by it. */
export interface HunkReview {
  /** Marks what there is now. */
  readonly refresh: () => void;
  /** Decides on the given place, or on the one at the cursor. */
  readonly decide: (verdict: "keep" | "undo", place: unknown) => Promise<void>;
  /** Moves the cursor to the next or the previous place, also of another file. */
  readonly go: (by: 1 | -1) => Promise<void>;
  readonly places: PlacesIn;
}

/** Typing is followed after this many milliseconds of quiet. */
const QUIET_MS = 120;

/** Sets up marks, lenses and commands over this window's editors. */
export function hunkReview(parts: HunkReviewParts, subscriptions: vscode.Disposable[]): HunkReview {
  const places = hunkPlacesIn(parts);
  const lensesChanged = new vscode.EventEmitter<void>();
  const marks = marksOf();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      lensesChanged.fire();
      for (const editor of vscode.window.visibleTextEditors) void mark(editor, marks, places);
    }, QUIET_MS);
  };
  const lenses: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: lensesChanged.event,
    provideCodeLenses: async (document) => lensesOf(await places(document)),
  };
  subscriptions.push(
    marks.added,
    marks.removed,
    lensesChanged,
    vscode.languages.registerCodeLensProvider({ scheme: "file" }, lenses),
    vscode.window.onDidChangeVisibleTextEditors(refresh),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (changedAt(parts.changed(), document)) refresh();
    }),
    { dispose: () => clearTimeout(timer) },
  );
  return {
    refresh,
    places,
    go: (by) => go(by, parts, places),
    async decide(verdict, given) {
      const place = isPlace(given) ? given : await placeAtCursor(places);
      if (place) await parts.decide(verdict, place);
      else void vscode.window.showInformationMessage("There is no change of Wheelhouse at the cursor.");
    },
  };
}

async function mark(
  editor: vscode.TextEditor,
  marks: ReturnType<typeof marksOf>,
  places: PlacesIn,
): Promise<void> {
  const found = await places(editor.document);
  const marked = (isWanted: (it: Place) => boolean) =>
    found.filter(isWanted).map((it) => markOf(editor.document, it));
  editor.setDecorations(
    marks.added,
    marked((it) => it.range.to > it.range.from),
  );
  editor.setDecorations(
    marks.removed,
    marked((it) => it.range.to === it.range.from),
  );
}

async function placeAtCursor(places: PlacesIn): Promise<Place | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const { line } = editor.selection.active;
  const found = await places(editor.document);
  return found.find(({ range }) => line >= range.from && line < Math.max(range.to, range.from + 1));
}

async function go(by: 1 | -1, { changed }: HunkReviewParts, places: PlacesIn): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const here = editor ? await places(editor.document) : [];
  const line = editor?.selection.active.line ?? 0;
  const next =
    by === 1 ? here.find((it) => it.range.from > line) : here.findLast((it) => it.range.from < line);
  if (editor && next) return show(editor, next);
  const files = changed().filter((it) => it.after !== undefined);
  const index = files.findIndex((it) => it.path === editor?.document.uri.fsPath);
  const file = files[index === -1 ? 0 : (index + by + files.length) % files.length];
  if (!file) {
    void vscode.window.showInformationMessage("There are no changes to review.");
    return;
  }
  const opened = await vscode.window.showTextDocument(vscode.Uri.file(file.path));
  const first = (await places(opened.document)).at(by === 1 ? 0 : -1);
  if (first) show(opened, first);
}

function show(editor: vscode.TextEditor, { range }: Place): void {
  const at = new vscode.Position(Math.min(range.from, editor.document.lineCount - 1), 0);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function marksOf() {
  const added = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("diffEditor.insertedLineBackground"),
    // High-contrast themes have no colour for the line, but one for this border; the others have none.
    border: "1px dashed",
    borderColor: new vscode.ThemeColor("diffEditor.insertedTextBorder"),
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.addedForeground"),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
  const removed = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    borderWidth: "1px 0 0 0",
    borderStyle: "solid",
    borderColor: new vscode.ThemeColor("editorGutter.deletedBackground"),
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.deletedForeground"),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
  return { added, removed };
}

/** An editor has no room for lines that are not there: the first removed one is written behind, all are read on hovering. */
function markOf(document: vscode.TextDocument, { range, removed }: Place): vscode.DecorationOptions {
  const last = document.lineCount - 1;
  const from = Math.min(range.from, last);
  const to = Math.min(Math.max(range.to - 1, from), last);
  const hover = new vscode.MarkdownString();
  if (removed.length > 0)
    hover.appendMarkdown("Removed:\n").appendCodeblock(removed.join(""), document.languageId);
  return {
    range: new vscode.Range(from, 0, to, document.lineAt(to).text.length),
    ...(removed.length > 0 && { hoverMessage: hover, renderOptions: { after: ghostOf(removed) } }),
  };
}

/** Letters of a removed line that are written behind what is there. */
const MAX_GHOST = 80;

function ghostOf(removed: readonly string[]): vscode.ThemableDecorationAttachmentRenderOptions {
  const first = removed[0]?.trim() ?? "";
  const cut = first.length > MAX_GHOST ? `${first.slice(0, MAX_GHOST)}…` : first;
  const more = removed.length > 1 ? ` (and ${removed.length - 1} more)` : "";
  return {
    contentText: `− ${cut}${more}`,
    margin: "0 0 0 3em",
    color: new vscode.ThemeColor("editorCodeLens.foreground"),
    fontStyle: "italic",
  };
}

function lensesOf(places: readonly Place[]): vscode.CodeLens[] {
  return places.flatMap((place, index) => {
    const line = new vscode.Range(place.range.from, 0, place.range.from, 0);
    const count = `+${place.added} −${place.removed.length}`;
    return [
      new vscode.CodeLens(line, {
        title: "$(check) Keep",
        command: "wheelhouse.review.keepPlace",
        arguments: [place],
      }),
      new vscode.CodeLens(line, {
        title: "$(discard) Undo",
        command: "wheelhouse.review.undoPlace",
        arguments: [place],
      }),
      new vscode.CodeLens(line, {
        title: `${count} · change ${index + 1} of ${places.length} by Wheelhouse`,
        command: "wheelhouse.review.nextPlace",
      }),
    ];
  });
}

function isPlace(value: unknown): value is Place {
  return (
    typeof value === "object" && value !== null && "hunk" in value && "range" in value && "path" in value
  );
}
