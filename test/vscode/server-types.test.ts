import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import * as vscode from "vscode";
import { refused } from "../../src/refactor/plan.ts";
import { editorTypes } from "../../src/vscode/server-types.ts";
import { workspaceFolder } from "./workspace.ts";

const TEXT = "class A:\n    size = 1\n\nA.size\n";
const never = new AbortController().signal;

describe("types from the editor", () => {
  let folder: string;
  let path: string;
  let other: string;
  const registered: vscode.Disposable[] = [];
  before(async () => {
    folder = await mkdtemp(join(workspaceFolder(), "types-"));
    [path, other] = [join(folder, "a.py"), join(folder, "b.py")];
    await writeFile(path, TEXT);
    await writeFile(other, "size\n");
  });
  afterEach(() => registered.splice(0).map((it) => it.dispose()));
  after(() => rm(folder, { recursive: true }));

  const types = editorTypes({
    knows: (it) => it.endsWith(".ts"),
    rename: async () => refused("own", "By the compiler that comes along."),
    types: async () => [],
  });

  /** What is told while the language's extension gives these edits: file, line, column, length. */
  async function told(edits: readonly (readonly [string, number, number])[] | Error, file = path) {
    const provider: vscode.RenameProvider = {
      provideRenameEdits(_, __, name) {
        if (edits instanceof Error) throw edits;
        const edit = new vscode.WorkspaceEdit();
        for (const [it, line, column] of edits)
          edit.replace(vscode.Uri.file(it), new vscode.Range(line, column, line, column + 4), name);
        return edit;
      },
    };
    registered.push(vscode.languages.registerRenameProvider("python", provider));
    const at = TEXT.indexOf("size");
    const request = {
      file: { path: file, text: TEXT },
      at,
      name: "fresh",
      others: [],
      all: [],
      root: folder,
    };
    return types.rename(request, never);
  }

  it("are the language's own extension's, whose edits nobody makes", async () => {
    const answer = await told([
      [path, 3, 2],
      [path, 1, 4],
    ]);
    assert.deepEqual(answer, {
      kind: "typed",
      files: [
        {
          path,
          before: TEXT,
          changes: [
            { from: 13, to: 17, text: "fresh" },
            { from: 25, to: 29, text: "fresh" },
          ],
        },
      ],
      warnings: [],
      mayMiss: true,
    });
    assert.equal((await vscode.workspace.openTextDocument(path)).getText(), TEXT);
  });

  it("are the compiler's where that comes along", async () => {
    const answer = await told([[path, 1, 4]], join(folder, "a.ts"));
    assert.equal(answer.kind === "refused" && answer.code, "own");
  });

  it("change no file without the name", async () => {
    const answer = await told([[other, 0, 0]]);
    assert.equal(answer.kind === "refused" && answer.code, "rename.elsewhere");
  });

  it("are refused with the extension's reason", async () => {
    const answer = await told(new Error("not this one"));
    assert.ok(answer.kind === "refused" && answer.code === "rename.server");
    assert.match(answer.reason, /not this one/);
  });

  it("are refused where no extension tells them", async () => {
    const answer = await told([]);
    assert.equal(answer.kind === "refused" && answer.code, "rename.server");
  });
});
