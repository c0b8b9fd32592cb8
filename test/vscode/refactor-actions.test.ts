import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import type { RefactorRequest } from "../../src/refactor/engine.ts";
import { type Plan, type Refusal, refused } from "../../src/refactor/plan.ts";
import { refactorActions } from "../../src/vscode/refactor-actions.ts";
import { editOf, isForPreview, namePlace } from "../../src/vscode/refactor-edit.ts";
import { refactorings } from "../../src/vscode/refactorings.ts";
import { workspaceFolder } from "./workspace.ts";

const TEXT = "one\r\ntwo\r\n";
const EXTRACT = { id: "extract-variable", title: "Extract variable", kind: "refactor.extract" };
const RENAME = { id: "rename", title: "Rename 'one'", kind: "refactor.rewrite" };
const { token } = new vscode.CancellationTokenSource();

describe("the preview of a refactoring", () => {
  const file = { path: "/p/a.ts", before: "", changes: [] };
  const made: Plan = { kind: "plan", title: "Rename", files: [file], warnings: [] };
  it("is for what concerns several files, or has a warning", () => {
    assert.equal(isForPreview(made), false);
    assert.equal(isForPreview({ ...made, files: [file, file] }), true);
    assert.equal(isForPreview({ ...made, warnings: ["Not all was seen."] }), true);
  });

  it("shows what would be changed and changes nothing that is not confirmed", async () => {
    const folder = await mkdtemp(join(workspaceFolder(), "preview-"));
    const paths = ["a.txt", "b.txt"].map((it) => join(folder, it));
    for (const it of paths) await writeFile(it, TEXT);
    const files = paths.map((path) => ({ path, before: TEXT, changes: [{ from: 0, to: 3, text: "1" }] }));
    const applied = async () => {
      const edit = await editOf({ ...made, files }, true);
      assert.ok(typeof edit !== "string");
      let result: boolean | undefined;
      void vscode.workspace.applyEdit(edit, { isRefactoring: true }).then((it) => (result = it));
      return () => result;
    };
    const until = async (isSo: () => boolean) => {
      for (let tries = 0; tries < 100 && !isSo(); tries++)
        await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const result = await applied();
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(result(), undefined);
    for (let tries = 0; tries < 100 && result() === undefined; tries++) {
      await vscode.commands.executeCommand("refactorPreview.discard").then(undefined, () => undefined);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await until(() => result() !== undefined);
    assert.equal(result(), false);
    for (const it of paths) assert.equal((await vscode.workspace.openTextDocument(it)).getText(), TEXT);
    await rm(folder, { recursive: true });
  });
});

describe("code actions over any refactorer", () => {
  let folder: string;
  let path: string;
  before(async () => {
    folder = await mkdtemp(join(workspaceFolder(), "actions-"));
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(folder, { recursive: true });
  });

  async function document(): Promise<vscode.TextDocument> {
    path = join(folder, `${Math.random()}.ts`);
    await writeFile(path, TEXT);
    return vscode.workspace.openTextDocument(path);
  }

  /** A plan that puts a line before the second. */
  const plan = (more: Partial<Plan> = {}): Plan => ({
    kind: "plan",
    title: "",
    files: [{ path, before: TEXT, changes: [{ from: 5, to: 5, text: "new\r\n" }] }],
    warnings: [],
    nameAt: 5,
    ...more,
  });

  /** The actions, and what is said and asked meanwhile. */
  function actionsFor(
    planned: (request: RefactorRequest) => Plan | Refusal | Promise<Plan>,
    hidden: readonly string[] = [],
  ) {
    const said: string[] = [];
    const refactorer = {
      offers: async () => ({ kind: "offers" as const, offers: [EXTRACT, RENAME] }),
      plan: async (_: string, request: RefactorRequest) => planned(request),
    };
    const files = {
      read: async () => ({ kind: "absent" as const }),
      entry: async () => undefined,
      resolve: async (it: string) => it,
    };
    const search = { text: async () => ({ kind: "lines" as const, lines: [], cut: false }) };
    const world = { refactorer, files, search } as unknown as Parameters<typeof refactorings>[0];
    const provider = refactorActions(
      refactorings(world),
      (it) => void said.push(it),
      (id) => !hidden.includes(id),
      () => false,
    );
    return { provider, said };
  }

  async function offered(
    { provider }: ReturnType<typeof actionsFor>,
    of: vscode.TextDocument,
    only?: vscode.CodeActionKind,
  ): Promise<vscode.CodeAction[]> {
    const context = { diagnostics: [], only, triggerKind: vscode.CodeActionTriggerKind.Invoke };
    const found = await provider.provideCodeActions(of, new vscode.Range(0, 0, 0, 3), context, token);
    return (found ?? []) as vscode.CodeAction[];
  }

  async function resolved(it: ReturnType<typeof actionsFor>, of: vscode.TextDocument) {
    const [action] = await offered(it, of);
    return action && (await it.provider.resolveCodeAction?.(action, token));
  }

  it("are of the kind that is asked for, and have no edit yet", async () => {
    const it = actionsFor(() => plan());
    const found = await offered(it, await document(), vscode.CodeActionKind.RefactorExtract);
    assert.deepEqual(
      found.map(({ title, edit }) => [title, edit]),
      [[EXTRACT.title, undefined]],
    );
  });

  it("leave out what is not to be shown", async () => {
    const found = await offered(
      actionsFor(() => plan(), ["rename"]),
      await document(),
    );
    assert.deepEqual(
      found.map((it) => it.title),
      [EXTRACT.title],
    );
  });

  it("have their edit when they are chosen, and the place of the new name", async () => {
    const of = await document();
    const action = await resolved(
      actionsFor(() => plan({ warnings: [] })),
      of,
    );
    assert.ok(action?.edit && (await vscode.workspace.applyEdit(action.edit)));
    assert.equal(of.getText(), "one\r\nnew\r\ntwo\r\n");
    assert.deepEqual(action.command?.arguments, [{ name: { path, line: 1, character: 0 } }]);
  });

  it("ask for the name where there is nothing to do without one", async () => {
    const [, rename] = await offered(
      actionsFor(() => plan()),
      await document(),
    );
    assert.equal(rename?.command?.command, "wheelhouse.refactor");
    assert.equal(rename.command.arguments?.[0].id, "rename");
  });

  it("say why one is refused, and change nothing", async () => {
    const it = actionsFor(() => refused("extract-variable.x", "It cannot be."));
    const action = await resolved(it, await document());
    assert.deepEqual([action?.edit, it.said], [undefined, ["It cannot be."]]);
  });

  it("do nothing when the document changed since they were shown, or while they were planned", async () => {
    const of = await document();
    const type = async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(of.uri, new vscode.Position(0, 0), "x");
      await vscode.workspace.applyEdit(edit);
      return plan();
    };
    const it = actionsFor(type);
    const shown = (await offered(it, of))[0];
    assert.equal((await resolved(it, of))?.edit, undefined);
    assert.ok(shown);
    assert.equal((await it.provider.resolveCodeAction?.(shown, token))?.edit, undefined);
    assert.deepEqual(it.said, Array(2).fill("The file changed meanwhile. Try again."));
  });
});

describe("a plan as an edit", () => {
  it("makes new files with their text", async () => {
    const path = join(workspaceFolder(), `${Math.random()}.ts`);
    const files = [{ path, before: undefined, changes: [{ from: 0, to: 0, text: "new" }] }];
    const edit = await editOf({ kind: "plan", title: "", files, warnings: [] }, false);
    assert.ok(typeof edit !== "string" && (await vscode.workspace.applyEdit(edit)));
    assert.equal(String(await vscode.workspace.fs.readFile(vscode.Uri.file(path))), "new");
    await rm(path);
  });

  it("is none where a document holds something else", async () => {
    const path = join(workspaceFolder(), `${Math.random()}.ts`);
    await writeFile(path, "now");
    const files = [{ path, before: "then", changes: [] }];
    assert.match(
      String(await editOf({ kind: "plan", title: "", files, warnings: [] }, false)),
      /not in the editor as/,
    );
    await rm(path);
  });

  it("has no place of a name when it brings none", () =>
    assert.equal(namePlace({ kind: "plan", title: "", files: [], warnings: [] }), undefined));
});
