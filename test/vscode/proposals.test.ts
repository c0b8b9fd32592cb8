import assert from "node:assert/strict";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import * as vscode from "vscode";
import { type Proposals, proposals } from "../../src/vscode/proposals.ts";
import type { FileChange } from "../../src/world.ts";
import { workspaceFolder } from "./workspace.ts";

const BEFORE = "1\n2\n3\n4\n5\n";
const AFTER = "one\n2\n3\n4\nfive\n";
const FORM = { encoding: "utf8", bom: false };

describe("proposals in the editor", () => {
  const subscriptions: vscode.Disposable[] = [];
  let proposed: Proposals;
  /** No two questions have the same id. */
  let q = "";
  before(async () => {
    // The extension has these schemes for itself once it runs.
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    proposed = proposals(() => false, subscriptions, "wheelhouse-proposal-test");
  });
  beforeEach(() => void (q += "q"));
  afterEach(() => proposed.close(q));
  after(() => vscode.Disposable.from(...subscriptions).dispose());

  const change = (name: string, was: string | undefined, text: string | undefined): FileChange => ({
    path: join(workspaceFolder(), name),
    before: was,
    after: text,
    form: FORM,
  });
  const documents = () =>
    vscode.workspace.textDocuments.filter((it) => it.uri.query === q && it.uri.scheme.includes("proposal"));
  const document = () => {
    const [first] = documents();
    assert.ok(first, "the proposal is open");
    return first;
  };
  const labels = () =>
    vscode.window.tabGroups.all
      .flatMap((it) => it.tabs.map((tab) => tab.label))
      .filter((it) => it.includes("proposed by Wheelhouse"));
  const reply = () => proposed.withEdits({ type: "reply", question: "question", reply: { kind: "allow" } });
  async function type(range: vscode.Range, text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document().uri, range, text);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  it("stand beside the file as it is, and an untouched one changes nothing in the reply", async () => {
    await proposed.show(q, "question", [change("a.txt", BEFORE, AFTER)]);
    assert.deepEqual(labels(), ["a.txt (proposed by Wheelhouse)"]);
    assert.equal(document().getText(), AFTER);
    assert.deepEqual(reply().edited, []);
  });

  for (const isSaved of [false, true])
    it(`go with what was typed into them, ${isSaved ? "saved" : "not saved"}, and close without asking`, async () => {
      await proposed.show(q, "question", [change("a.txt", BEFORE, AFTER)]);
      await type(new vscode.Range(0, 0, 0, 3), "uno");
      if (isSaved) assert.ok(await document().save());
      assert.deepEqual(reply().edited, [
        { path: join(workspaceFolder(), "a.txt"), text: "uno\n2\n3\n4\nfive\n" },
      ]);
      await proposed.close(q);
      assert.deepEqual(labels(), []);
      assert.equal(reply().edited, undefined);
    });

  it("lose the place that is left out, by its lens", async () => {
    await proposed.show(q, "question", [change("a.txt", BEFORE, AFTER)]);
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document().uri,
    );
    const ours = found.filter((it) => it.command?.title === "Leave Out");
    assert.deepEqual(
      ours.map((it) => it.range.start.line),
      [0, 4],
    );
    await proposed.leaveOut(ours[1]?.command?.arguments?.[0]);
    assert.deepEqual(
      reply().edited?.map((it) => it.text),
      ["one\n2\n3\n4\n5\n"],
    );
  });

  it("grow while they are written, closed to the person until they are whole", async () => {
    await proposed.stream(q, [change("a.txt", BEFORE, "one\n")]);
    assert.deepEqual(labels(), ["a.txt (proposed by Wheelhouse)"]);
    assert.equal(document().getText(), "one\n");
    await assert.rejects(async () => vscode.workspace.fs.writeFile(document().uri, new Uint8Array()));
    await proposed.show(q, "question", [change("a.txt", BEFORE, AFTER)]);
    assert.deepEqual([labels().length, reply().edited], [1, []]);
    for (let tries = 0; document().getText() !== AFTER && tries < 100; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(document().getText(), AFTER);
    await type(new vscode.Range(0, 0, 0, 3), "uno");
    assert.deepEqual(
      reply().edited?.map((it) => it.text),
      ["uno\n2\n3\n4\nfive\n"],
    );
  });

  it("that nobody is asked about are closed, the others not", async () => {
    await proposed.stream(q, [change("a.txt", BEFORE, "one\n")]);
    await proposed.closeStreams([q]);
    assert.deepEqual(labels(), []);
    await proposed.show(q, "question", [change("a.txt", BEFORE, AFTER)]);
    await proposed.closeStreams([q]);
    assert.equal(labels().length, 1);
  });

  it("keep the line endings of lines that were not touched, though the editor has but one kind", async () => {
    await proposed.show(q, "question", [change("a.txt", "1\r\n2\n", "one\r\n2\nthree\r\n")]);
    await type(new vscode.Range(1, 0, 1, 1), "two");
    const text = reply().edited?.[0]?.text ?? "";
    assert.deepEqual([text.startsWith("one\r\ntwo"), text.endsWith("three\r\n")], [true, true]);
  });

  it("of several files stand in one review and close with it", async () => {
    await proposed.show(q, "question", [
      change("a.txt", BEFORE, AFTER),
      change("new.txt", undefined, "new\n"),
      change("gone.txt", "old\n", undefined),
    ]);
    assert.equal(labels().length, 1);
    assert.match(labels()[0] ?? "", /^3 files \(proposed by Wheelhouse\)/);
    await proposed.close(q);
    assert.deepEqual(labels(), []);
  });

  it("cannot be made, renamed or removed by others", async () => {
    await proposed.show(q, "question", [change("a.txt", BEFORE, AFTER)]);
    const { uri } = document();
    const { fs } = vscode.workspace;
    await assert.rejects(async () => fs.writeFile(uri.with({ query: "other" }), new Uint8Array()));
    await assert.rejects(async () => fs.delete(uri));
    await assert.rejects(async () => fs.rename(uri, uri.with({ path: "/else" })));
  });
});
