import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import * as vscode from "vscode";
import type { Finding } from "../../src/smells/finding.ts";
import type { Survey } from "../../src/smells/survey.ts";
import { FindingItem, healthTree } from "../../src/vscode/health-tree.ts";
import { smellFixes } from "../../src/vscode/smell-fixes.ts";
import { workspaceFolder } from "./workspace.ts";

const TEXT = 'import a from "a";\nexport const f = (r) => {\n  return r * 6.5;\n};\n';
const { token } = new vscode.CancellationTokenSource();

/** Asks again and again, until it is so or ten seconds have gone. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const from = Date.now();
  while (!(await isSo())) {
    assert.ok(Date.now() - from < 10_000, "it never came to be");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("code smells in the editor", () => {
  let folder: string;
  before(async () => {
    await vscode.extensions.getExtension("wheelhouse.wheelhouse")?.activate();
    folder = await mkdtemp(join(workspaceFolder(), "smells-"));
  });
  afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));
  after(() => rm(folder, { recursive: true }));

  async function open(name: string, text = TEXT): Promise<vscode.TextEditor> {
    const path = join(folder, name);
    await writeFile(path, text);
    return vscode.window.showTextDocument(vscode.Uri.file(path));
  }

  const showInFile = () => vscode.commands.executeCommand("wheelhouse.smells.showInFile");
  const smellsIn = ({ uri }: vscode.TextDocument) =>
    vscode.languages
      .getDiagnostics(uri)
      .filter((it) => it.source === "Wheelhouse")
      .map((it) => it.code);
  async function fixes(uri: vscode.Uri, range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
    const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
    );
    return found.filter(
      (it) =>
        it.title.includes("Wheelhouse") ||
        /^(Remove the import|Replace magic|Extract function \(all)/.test(it.title),
    );
  }

  it("are shown when they are asked for, and not before", async () => {
    const { document } = await open("asked.js");
    assert.deepEqual(smellsIn(document), []);
    await showInFile();
    assert.deepEqual(smellsIn(document), ["unused-import", "magic-number"]);
  });

  it("have quick fixes: a change, a refactoring, or asking Wheelhouse", async () => {
    const { document } = await open("fixed.js");
    await showInFile();
    const titles = async (line: number) =>
      (await fixes(document.uri, document.lineAt(line).range)).map((it) => it.title);
    assert.deepEqual((await titles(2)).toSorted(), [
      "Ask Wheelhouse to fix",
      "Replace magic number with constant",
    ]);
    const [remove, ask] = (await fixes(document.uri, document.lineAt(0).range)).toSorted((a, b) =>
      a.title < b.title ? 1 : -1,
    );
    assert.deepEqual([remove?.title, ask?.title], ["Remove the import of 'a'", "Ask Wheelhouse to fix"]);
    assert.ok(remove?.edit && (await vscode.workspace.applyEdit(remove.edit)));
    assert.equal(document.getText(), TEXT.slice(TEXT.indexOf("\n") + 1));
  });

  it("that stand twice become one function", async () => {
    const body = [
      "let sum = 0;",
      "for (const it of list) {",
      "  if (it.price > 0 && it.count > 0) sum += it.price * it.count;",
      "  if (it.gift && it.wrapped) sum += it.wrapping.price;",
      "  if (it.late) sum -= it.refund;",
      "}",
      "log(sum);",
    ].map((it) => `  ${it}\n`);
    const text = ["a", "b"].map((it) => `function ${it}(list) {\n${body.join("")}}\n`).join("");
    const { document } = await open("twice.js", text);
    await showInFile();
    assert.deepEqual(smellsIn(document), ["duplicate-code"]);
    const [unite] = await fixes(document.uri, document.lineAt(11).range);
    assert.ok(unite?.command);
    await vscode.commands.executeCommand(unite.command.command, ...(unite.command.arguments ?? []));
    await until(() => document.getText() !== text);
    const after = document.getText();
    assert.deepEqual(
      [after.match(/sum -= it\.refund/g)?.length, after.match(/^ {2}\w+\(list\);$/gm)?.length],
      [1, 2],
    );
  });

  it("are found in a language that the editor need not know", async () => {
    const { document } = await open("other.kt", "fun f(r: Int) = r * 65\n");
    await showInFile();
    assert.deepEqual(smellsIn(document), ["magic-number"]);
    const [ask, ...more] = await fixes(document.uri, document.lineAt(0).range);
    assert.deepEqual([ask?.title, more.length], ["Ask Wheelhouse to fix", 0]);
  });

  it("follow what is typed, and go when the file is closed", async () => {
    const path = join(folder, "typed.js");
    await writeFile(path, TEXT);
    // As a person opens it: what an extension opened stays open for minutes behind its tab.
    await vscode.commands.executeCommand("vscode.open", vscode.Uri.file(path));
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    await showInFile();
    await editor.edit((it) => it.delete(new vscode.Range(0, 0, 1, 0)));
    await until(() => smellsIn(editor.document).join() === "magic-number");
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await until(() => smellsIn(editor.document).length === 0);
  });

  it("are shown in all open files where that is set", async () => {
    const settings = vscode.workspace.getConfiguration("wheelhouse");
    const { document } = await open("enabled.py", "import os\n\ndef f(r):\n    return g(r * 6.5)\n");
    await settings.update("smells.enabled", true, vscode.ConfigurationTarget.Global);
    await until(() => smellsIn(document).join() === "unused-import,magic-number");
    await settings.update("smells.enabled", undefined, vscode.ConfigurationTarget.Global);
    await until(() => smellsIn(document).length === 0);
  });

  it("of the workspace become a report", async () => {
    await writeFile(join(folder, "report.js"), TEXT);
    await vscode.commands.executeCommand("wheelhouse.smells.analyse");
    const exported = vscode.commands.executeCommand("wheelhouse.smells.export");
    const isReport = () =>
      vscode.window.activeTextEditor?.document.getText().startsWith("# Code health") === true;
    await until(async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return isReport();
    });
    await exported;
    assert.match(
      vscode.window.activeTextEditor?.document.getText() ?? "",
      /smells-.*report\.js:3:14`: Nothing says/,
    );
  });
});

const place = { from: 0, to: 1, line: 3, column: 1, endLine: 3, endColumn: 2 };
const finding = (smell: string, name: string, value: number): Finding => ({
  ...place,
  smell,
  path: join(workspaceFolder(), name),
  message: `It has ${value}.`,
  value,
  limit: 10,
});

describe("the view of code health", () => {
  const found: Survey = {
    findings: [
      finding("long-function", "a.ts", 20),
      finding("long-function", "b.ts", 50),
      finding("large-class", "a.ts", 30),
    ],
    files: 2,
    skipped: [],
    damaged: [],
    smells: [
      { id: "large-class", title: "Large class", meaning: "", level: "warning", limits: [] },
      { id: "long-function", title: "Long function", meaning: "", level: "warning", limits: [] },
    ],
  };

  async function shown(by: "smell" | "file", order: "severity" | "path", survey: Survey | undefined = found) {
    const tree = healthTree(
      () => survey,
      () => ({ by, order }),
    );
    const groups = (await tree.getChildren()) ?? [];
    return Promise.all(
      groups.map(async (it) => {
        const items = (await tree.getChildren(it)) ?? [];
        return [it.label, ...items.map((item) => item.description)];
      }),
    );
  }

  it("has groups by smell, the worst findings first or by place", async () => {
    assert.deepEqual(await shown("smell", "severity"), [
      ["Long function", "b.ts:3", "a.ts:3"],
      ["Large class", "a.ts:3"],
    ]);
    assert.deepEqual(await shown("smell", "path"), [
      ["Large class", "a.ts:3"],
      ["Long function", "a.ts:3", "b.ts:3"],
    ]);
  });

  it("has groups by file", async () => {
    assert.deepEqual(await shown("file", "path"), [
      ["a.ts", "3: It has 30.", "3: It has 20."],
      ["b.ts", "3: It has 50."],
    ]);
  });

  it("is empty until something was looked for, and says when nothing was found", async () => {
    const never = healthTree(
      () => undefined,
      () => ({ by: "smell", order: "path" }),
    );
    assert.deepEqual(await never.getChildren(), []);
    assert.deepEqual(await shown("smell", "path", { ...found, findings: [] }), [["No smells in 2 files"]]);
  });

  it("opens the place at a click", () => {
    const item = new FindingItem(finding("long-function", "a.ts", 20), "", "");
    const [uri, { selection }] = item.command?.arguments ?? [];
    assert.deepEqual([item.command?.command, uri.fsPath], ["vscode.open", join(workspaceFolder(), "a.ts")]);
    assert.deepEqual([selection.start.line, selection.start.character, selection.end.character], [2, 0, 1]);
  });
});

describe("quick fixes for smells", () => {
  it("of a text that is another by now are only to ask", async () => {
    const document = await vscode.workspace.openTextDocument({ content: "\n\nabc", language: "javascript" });
    const fix = { kind: "edit", title: "Mend", changes: [{ from: 2, to: 3, text: "" }] } as const;
    const findings = [{ ...finding("unused-import", "a.js", 1), fix }];
    const titles = async (version: number) => {
      const provider = smellFixes(() => ({ findings, version }));
      const context = { diagnostics: [], only: undefined, triggerKind: vscode.CodeActionTriggerKind.Invoke };
      const actions = await provider.provideCodeActions(
        document,
        new vscode.Range(2, 0, 2, 0),
        context,
        token,
      );
      return actions?.map((it) => it.title);
    };
    assert.deepEqual(await titles(document.version), ["Mend", "Ask Wheelhouse to fix"]);
    assert.deepEqual(await titles(document.version - 1), ["Ask Wheelhouse to fix"]);
  });
});
