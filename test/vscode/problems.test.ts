import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import { nodeFiles } from "../../src/node/files.ts";
import { editorFiles } from "../../src/vscode/editor-files.ts";
import { editorProblems } from "../../src/vscode/editor-problems.ts";
import { typescriptProblems } from "../../src/vscode/typescript-problems.ts";
import type { Problem } from "../../src/world.ts";
import { never } from "../contract/temporary-folder.ts";
import { workspaceFolder } from "./workspace.ts";

const GOOD = "export const price: number = 1;\n";
const BAD = 'export const price: number = "one";\n';

describe("problems in the editor", () => {
  const subscriptions: vscode.Disposable[] = [];
  const problems = editorProblems(subscriptions);
  const files = editorFiles(nodeFiles());
  let folder: string;
  let path: string;
  before(async function () {
    this.timeout(60_000);
    folder = await mkdtemp(join(workspaceFolder(), "problems-"));
    path = join(folder, "price.ts");
    await writeFile(path, GOOD);
    await checkerIsUp(join(folder, "warm.ts"));
  });
  after(async () => {
    vscode.Disposable.from(...subscriptions).dispose();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(folder, { recursive: true });
  });

  const write = (from: string, to: string) =>
    files.write([{ path, before: from, after: to, form: { encoding: "utf8", bom: false } }], never());
  const found = async (): Promise<readonly Problem[]> => problems.of([path], never());

  it("come back with the edit that caused them, and are gone with the one that mends it", async () => {
    assert.deepEqual(await found(), []);
    await write(GOOD, BAD);
    const [problem] = await found();
    assert.deepEqual(
      [problem?.severity, problem?.line, problem?.column, problem?.path],
      ["error", 1, 14, path],
    );
    assert.match(problem?.message ?? "", /not assignable to type 'number'/);
    await write(BAD, GOOD);
    assert.deepEqual(await found(), []);
  });

  it("are known before an edit too, also of a file that is not open, so that old ones are told from new ones", async () => {
    const old = join(folder, "old.ts");
    await writeFile(old, BAD);
    const before = await problems.of([old], never());
    assert.equal(before.length, 1);
    assert.deepEqual(await problems.of([old], never()), before);
    assert.deepEqual(tabNames(), ["warm.ts"]);
  });

  it("of TypeScript are asked for directly, unsaved text included", async () => {
    const asked = join(folder, "asked.ts");
    await writeFile(asked, BAD);
    const [problem, ...more] = (await typescriptProblems(asked, never())) ?? [];
    assert.deepEqual([problem?.severity, problem?.line, problem?.column, more], ["error", 1, 14, []]);
    const document = await vscode.workspace.openTextDocument(asked);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, document.lineAt(0).range, GOOD.trimEnd());
    await vscode.workspace.applyEdit(edit);
    assert.deepEqual(await typescriptProblems(asked, never()), []);
    assert.equal(await typescriptProblems(join(folder, "notes.txt"), never()), undefined);
  });

  it("stops waiting when it is stopped", async () => {
    await write(GOOD, BAD);
    await assert.rejects(problems.of([path], AbortSignal.abort(new Error("stop"))), /stop/);
  });
});

function tabNames(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap((it) => it.tabs.map((tab) => tab.label));
}

/** The language server starts with the first file; only its first answer takes long. */
async function checkerIsUp(path: string): Promise<void> {
  await writeFile(path, BAD);
  await vscode.window.showTextDocument(vscode.Uri.file(path));
  while (vscode.languages.getDiagnostics(vscode.Uri.file(path)).length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
