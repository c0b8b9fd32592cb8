import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "mocha";
import * as vscode from "vscode";
import type { ChangedPath } from "../../src/agent/session.ts";
import type { Place } from "../../src/vscode/hunk-places.ts";
import { type HunkReview, hunkReview } from "../../src/vscode/hunk-review.ts";
import { sourceControl } from "../../src/vscode/source-control.ts";
import { workspaceFolder } from "./workspace.ts";

const BEFORE = "1\n2\n3\n4\n5\n";
const AFTER = "one\n2\n3\n5\nsix\n";

describe("changes that wait for a decision, in the editor", () => {
  const subscriptions: vscode.Disposable[] = [];
  const decided: [string, Place][] = [];
  let changed: readonly ChangedPath[] = [];
  let folder: string;
  let path: string;
  let review: HunkReview;
  let scm: ReturnType<typeof sourceControl>;
  before(async () => {
    folder = await mkdtemp(join(workspaceFolder(), "review-"));
    path = join(folder, "numbers.txt");
    const texts: Readonly<Record<string, string>> = { b: BEFORE, a: AFTER };
    const text = async (hash: string | undefined) => texts[hash ?? ""] ?? "";
    const decide = async (verdict: "keep" | "undo", place: Place) => void decided.push([verdict, place]);
    review = hunkReview({ changed: () => changed, text, decide }, subscriptions);
    scm = sourceControl(() => changed, text, subscriptions);
  });
  beforeEach(async () => {
    await writeFile(path, AFTER);
    const file = { path, before: "b", after: "a", encoding: "utf8", bom: false };
    changed = [{ ...file, steps: [file] }];
    decided.length = 0;
    review.refresh();
    scm.refresh();
  });
  after(async () => {
    changed = [];
    vscode.Disposable.from(...subscriptions).dispose();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(folder, { recursive: true });
  });

  const open = async () =>
    vscode.window.showTextDocument(await vscode.workspace.openTextDocument(vscode.Uri.file(path)));

  it("have lenses to keep and undo each place, with what was removed and added", async () => {
    const { document } = await open();
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
    );
    const ours = found.filter((it) => it.command?.command.startsWith("wheelhouse.review"));
    assert.deepEqual(
      ours.map((it) => [it.range.start.line, it.command?.title.replace(/ · .*/, "")]),
      [0, 3, 4].flatMap((line) => [
        [line, "$(check) Keep"],
        [line, "$(discard) Undo"],
        [line, { 0: "+1 −1", 3: "+0 −1", 4: "+1 −0" }[line]],
      ]),
    );
  });

  it("move with what the person types, and a place typed into has no mark", async () => {
    const editor = await open();
    await editor.edit((it) => {
      it.insert(new vscode.Position(1, 0), "mine\n");
      it.insert(new vscode.Position(4, 3), "ty");
    });
    const places = await review.places(editor.document);
    assert.deepEqual(
      places.map(({ hunk, range }) => [hunk, range.from, range.to]),
      [
        [0, 0, 1],
        [1, 4, 4],
      ],
    );
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("are decided on at the cursor, and gone to one after the other", async () => {
    const editor = await open();
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await review.decide("keep", undefined);
    await review.go(1);
    assert.equal(editor.selection.active.line, 3);
    await review.go(1);
    assert.equal(editor.selection.active.line, 4);
    await review.decide("undo", undefined);
    await review.go(-1);
    assert.equal(editor.selection.active.line, 3);
    assert.deepEqual(
      decided.map(([verdict, { hunk }]) => [verdict, hunk]),
      [
        ["keep", 0],
        ["undo", 2],
      ],
    );
  });

  it("have what was there before beside them, as the editor's quick diff reads it", async () => {
    const uri = vscode.Uri.file(path).with({ scheme: "wheelhouse-before" });
    assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), BEFORE);
  });
});
