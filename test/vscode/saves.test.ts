import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { savesFrom } from "../../src/vscode/saves.ts";
import { workspaceFolder } from "./workspace.ts";

describe("what the editor saves while a command runs", () => {
  it("is heard until that is over, and what others write is not", async () => {
    const folder = await mkdtemp(join(workspaceFolder(), "saves-"));
    const [saved, foreign] = [join(folder, "saved.txt"), join(folder, "foreign.txt")];
    await writeFile(saved, "1");
    const document = await vscode.workspace.openTextDocument(saved);
    const save = async (text: string) => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), text);
      await vscode.workspace.applyEdit(edit);
      assert.ok(await document.save());
    };
    const ears = savesFrom();
    await writeFile(foreign, "2");
    await save("typed");
    assert.deepEqual([...ears.paths()], [saved]);
    const others = savesFrom();
    others.stop();
    await save("more");
    assert.deepEqual([...others.paths()], []);
    ears.stop();
    await rm(folder, { recursive: true });
  });
});
