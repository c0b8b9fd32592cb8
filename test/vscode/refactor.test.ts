import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import { workspaceFolder } from "./workspace.ts";

const SUM = "function f(a) {\n  return a * 2 + 1;\n}\nf(1);\n";
const SELECTION = new vscode.Range(1, 9, 1, 14);

describe("refactoring in the editor", () => {
  let folder: string;
  before(async () => {
    await vscode.extensions.getExtension("wheelhouse.wheelhouse")?.activate();
    folder = await mkdtemp(join(workspaceFolder(), "refactor-"));
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(folder, { recursive: true });
  });

  /** Whether ours are offered where the language's extension has the same. */
  async function besideOthers(value: boolean | undefined): Promise<void> {
    const settings = vscode.workspace.getConfiguration("wheelhouse");
    await settings.update("refactor.besideOthers", value, vscode.ConfigurationTarget.Global);
  }

  /** An editor with a new file of that text. */
  async function open(name: string, text: string): Promise<vscode.TextEditor> {
    const path = join(folder, name);
    await writeFile(path, text);
    return vscode.window.showTextDocument(vscode.Uri.file(path));
  }

  /** Our code actions at a range, resolved. */
  async function actions(uri: vscode.Uri, range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
    const asked = () =>
      vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        uri,
        range,
        vscode.CodeActionKind.Refactor.value,
        20,
      );
    // A window that has just begun cancels requests while extensions of the language start.
    let found: vscode.CodeAction[] | undefined;
    for (let tries = 0; tries < 10 && !found; tries++) {
      found = await asked().then(undefined, () => undefined);
      if (!found) await new Promise((resolve) => setTimeout(resolve, 200));
    }
    assert.ok(found, "the editor cancels every request for code actions");
    return found.filter((it) => it.command?.command === "wheelhouse.refactor" || isOurs(it));
  }

  it("leaves what the language's own extension offers to that, unless set otherwise", async () => {
    const { document } = await open("c.ts", SUM);
    const ours = async () =>
      (await actions(document.uri, SELECTION)).filter((it) => it.title === "Extract variable").length;
    assert.equal(await ours(), 0);
    await besideOthers(true);
    assert.equal(await ours(), 1);
    await besideOthers(undefined);
  });

  for (const [name, text, range, result] of [
    ["a.js", SUM, SELECTION, /\n {2}const (\w+) = a \* 2;\n {2}return \1 \+ 1;\n/],
    ["a.py", "def f(a):\n  return a * 2 + 1\n", SELECTION, /\n {2}(\w+) = a \* 2\n {2}return \1 \+ 1\n/],
  ] as const)
    it(`offers what makes sense at a selection in ${name}, with its edit and the new name to go on with`, async () => {
      await besideOthers(true);
      const { document } = await open(name, text);
      const [extract] = (await actions(document.uri, range)).filter((it) =>
        it.title.startsWith("Extract variable"),
      );
      assert.equal(extract?.kind?.value, "refactor.extract");
      assert.ok(extract?.edit && (await vscode.workspace.applyEdit(extract.edit)));
      assert.match(document.getText(), result);
      assert.equal(extract.command?.command, "wheelhouse.refactor");
      await besideOthers(undefined);
    });

  it("does what a key binding names, as one step of undo", async () => {
    const editor = await open("b.js", SUM);
    editor.selection = new vscode.Selection(SELECTION.start, SELECTION.end);
    await vscode.commands.executeCommand("wheelhouse.refactor", { id: "extract-variable" });
    assert.match(editor.document.getText(), /const (\w+) = a \* 2;\n {2}return \1 \+ 1;/);
    const extracted = editor.document.getText();
    // The box for the new name opens when it likes, and an undo in it is none of the editor's.
    for (let tries = 0; tries < 50 && editor.document.getText() === extracted; tries++) {
      await vscode.commands.executeCommand("closeRenameInput").then(undefined, () => undefined);
      await vscode.window.showTextDocument(editor.document);
      await vscode.commands.executeCommand("undo");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.equal(editor.document.getText(), SUM);
  });

  it("changes nothing where it is refused", async () => {
    const editor = await open("c.js", "const a = ;\n");
    editor.selection = new vscode.Selection(0, 6, 0, 7);
    await vscode.commands.executeCommand("wheelhouse.refactor", { id: "inline-variable" });
    assert.deepEqual([editor.document.getText(), editor.document.isDirty], ["const a = ;\n", false]);
    assert.equal(await readFile(join(folder, "c.js"), "utf8"), "const a = ;\n");
  });

  it("offers nothing in other languages", async () => {
    const { document } = await open("d.txt", "a * 2");
    assert.deepEqual(await actions(document.uri, new vscode.Range(0, 0, 0, 5)), []);
  });
});

/** By their titles: the editor's own are not written so. */
function isOurs({ title, edit }: vscode.CodeAction): boolean {
  return edit !== undefined && title.startsWith("Extract variable");
}
