import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterEach, beforeEach, describe, it } from "mocha";
import * as vscode from "vscode";
import { nodeFiles } from "../../src/node/files.ts";
import { editorFiles } from "../../src/vscode/editor-files.ts";
import type { Files, Found, TextForm, Written } from "../../src/world.ts";
import { never } from "../contract/temporary-folder.ts";
import { workspaceFolder } from "./workspace.ts";

const UTF8: TextForm = { encoding: "utf8", bom: false };

describe("files in the editor", () => {
  let files: Files;
  let folder: string;
  beforeEach(async () => {
    files = editorFiles(nodeFiles());
    folder = await mkdtemp(join(workspaceFolder(), "files-"));
  });
  afterEach(async () => {
    while (vscode.window.tabGroups.activeTabGroup.tabs.length > 0) {
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
    await rm(folder, { recursive: true });
  });

  const at = (name: string) => join(folder, name);
  const read = (name: string): Promise<Found> => files.read(at(name), never());
  const write = (name: string, before: string | undefined, after: string | undefined, form = UTF8) =>
    files.write([{ path: at(name), before, after, form }], never());
  const onDisk = (name: string) => readFile(at(name), "utf8");

  async function open(name: string, text: string): Promise<vscode.TextEditor> {
    await writeFile(at(name), text);
    return vscode.window.showTextDocument(vscode.Uri.file(at(name)));
  }
  const type = (editor: vscode.TextEditor, text: string) =>
    editor.edit((it) => it.insert(new vscode.Position(0, 0), text));

  it("takes unsaved text for the truth", async () => {
    await type(await open("a.txt", "saved\n"), "typed ");
    const found = await read("a.txt");
    assert.deepEqual(found.kind === "text" && [found.text, found.unsaved], ["typed saved\n", true]);
    assert.equal(await onDisk("a.txt"), "saved\n");
  });

  it("writes on top of unsaved text and saves both", async () => {
    await type(await open("a.txt", "one\ntwo\n"), "typed\n");
    assert.equal((await write("a.txt", "typed\none\ntwo\n", "typed\none\n2\n")).kind, "written");
    assert.equal(await onDisk("a.txt"), "typed\none\n2\n");
  });

  it("leaves an editor alone in which something was typed since it was read", async () => {
    const editor = await open("a.txt", "one\n");
    await type(editor, "typed ");
    assert.deepEqual(await write("a.txt", "one\n", "two\n"), { kind: "stale", path: at("a.txt") });
    assert.deepEqual([editor.document.getText(), await onDisk("a.txt")], ["typed one\n", "one\n"]);
  });

  it("leaves an editor alone in which something was typed, also when the bytes of its file are to be changed", async () => {
    const editor = await open("a.txt", "one\n");
    await type(editor, "typed ");
    const form = { encoding: "binary", bom: false };
    assert.deepEqual(await write("a.txt", "one\n", "two\n", form), { kind: "stale", path: at("a.txt") });
    assert.deepEqual([editor.document.getText(), await onDisk("a.txt")], ["typed one\n", "one\n"]);
  });

  it("is one step on the undo stack", async () => {
    const editor = await open("a.txt", "one\ntwo\nthree\n");
    await write("a.txt", "one\ntwo\nthree\n", "1\ntwo\n3\n");
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand("undo");
    assert.equal(editor.document.getText(), "one\ntwo\nthree\n");
  });

  it("changes no more of a document than differs, so that the person's place in it stays", async () => {
    const editor = await open("a.txt", "one\ntwo\nthree\n");
    editor.selection = new vscode.Selection(2, 1, 2, 3);
    await write("a.txt", "one\ntwo\nthree\n", "one\nand\ntwo\nthree\n");
    assert.deepEqual([editor.selection.start.line, editor.selection.start.character], [3, 1]);
  });

  for (const [encoding, bom, text] of [
    ["utf8", true, "größer als\r\nzwei\r\n"],
    ["utf16le", true, "größer 中文\nzwei\n"],
    ["utf16be", true, "größer 中文\nzwei"],
    ["gbk", false, "这是一个用于测试的中文文件，里面有很多常用的汉字。\n第二行也是中文。\n"],
    ["shift_jis", false, "これはテスト用の日本語のファイルです。\n二行目も日本語です。カタカナ\n"],
    ["win1252", false, "Die Größe der Bäume über dem Fluss – “schön”.\r\nzwei\r\n"],
  ] as const) {
    for (const isOpen of [false, true]) {
      it(`keeps ${encoding}${bom ? " with its mark" : ""} and line ends of ${isOpen ? "an open" : "a closed"} file`, async () => {
        const bytes = (it: string) => iconv.encode(it, encoding, { addBOM: bom });
        await writeFile(at("e.txt"), bytes(text));
        if (isOpen)
          await vscode.workspace.openTextDocument(vscode.Uri.file(at("e.txt")), {
            encoding: editorName(encoding, bom),
          });
        const found = await read("e.txt");
        assert.deepEqual(found.kind === "text" && [found.text, found.form], [text, { encoding, bom }]);
        const after = text.replace(/^\S+/, "!");
        assert.deepEqual(await write("e.txt", text, after, { encoding, bom }), {
          kind: "written",
          formatted: [],
        });
        assert.deepEqual(await readFile(at("e.txt")), bytes(after));
      });
    }
  }

  it("is not misled by an editor that shows a file in the wrong encoding", async () => {
    const text = "这是一个用于测试的中文文件，里面有很多常用的汉字。\n第二行也是中文。\n";
    await writeFile(at("e.txt"), iconv.encode(text, "gbk"));
    await vscode.workspace.openTextDocument(vscode.Uri.file(at("e.txt")), { encoding: "utf8" });
    const after = text.replace("第二行", "末行");
    assert.equal((await write("e.txt", text, after, { encoding: "gbk", bom: false })).kind, "written");
    assert.equal(iconv.decode(await readFile(at("e.txt")), "gbk"), after);
  });

  it("keeps mixed line ends, which no document can show", async () => {
    const text = "one\r\ntwo\nthree\r\n";
    await open("a.txt", text);
    assert.equal((await write("a.txt", text, text.replace("two", "2"))).kind, "written");
    assert.equal(await onDisk("a.txt"), "one\r\n2\nthree\r\n");
  });

  it("tells what a formatter did on save", async () => {
    const upper: vscode.DocumentFormattingEditProvider = {
      provideDocumentFormattingEdits: (it) => [
        vscode.TextEdit.replace(wholeOf(it), it.getText().toUpperCase()),
      ],
    };
    const formatter = vscode.languages.registerDocumentFormattingEditProvider(
      { pattern: `${folder}/**` },
      upper,
    );
    const { done } = await set("editor.formatOnSave", true);
    await open("a.txt", "one\n");
    const written = await write("a.txt", "one\n", "two\n");
    await done();
    formatter.dispose();
    assert.deepEqual(written, {
      kind: "written",
      formatted: [{ path: at("a.txt"), text: "TWO\n" }],
    } satisfies Written);
  });

  it("refuses what the file's encoding has no character for", async () => {
    const text = "Größe und Äpfel über alles, schön";
    await writeFile(at("e.txt"), iconv.encode(text, "win1252"));
    const written = await write("e.txt", text, `${text} 中`, { encoding: "win1252", bom: false });
    assert.equal(written.kind, "failed");
    assert.equal(iconv.decode(await readFile(at("e.txt")), "win1252"), text);
  });

  it("takes all of a change back when one file of it cannot be saved", async function () {
    if (process.platform !== "linux") this.skip();
    // The system takes numbers only: this one can be written, and saving it fails.
    const path = `/proc/${process.pid}/oom_score_adj`;
    const before = await readFile(path, "utf8");
    await open("a.txt", "one\n");
    const changes = [
      { path: at("a.txt"), before: "one\n", after: "two\n", form: UTF8 },
      { path: at("new.txt"), before: undefined, after: "new\n", form: UTF8 },
      { path, before, after: `${before}!`, form: UTF8 },
    ];
    const written = await files.write(changes, never());
    // VS Code gives every document that is not saved a tab, later; shown, it is closed behind the test.
    await vscode.window.showTextDocument(vscode.Uri.file(path));
    assert.equal(written.kind === "failed" && written.path, path);
    assert.deepEqual(
      [await onDisk("a.txt"), (await read("new.txt")).kind, await readFile(path, "utf8")],
      ["one\n", "absent", before],
    );
  });
});

function editorName(encoding: string, bom: boolean): string {
  const names: Readonly<Record<string, string>> = {
    win1252: "windows1252",
    shift_jis: "shiftjis",
    utf8: bom ? "utf8bom" : "utf8",
  };
  return names[encoding] ?? encoding;
}

function wholeOf(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
}

/** Sets a setting for all windows; `done` sets it back. */
async function set(name: string, value: unknown): Promise<{ done: () => Thenable<void> }> {
  const configuration = vscode.workspace.getConfiguration();
  await configuration.update(name, value, vscode.ConfigurationTarget.Global);
  return { done: () => configuration.update(name, undefined, vscode.ConfigurationTarget.Global) };
}
