import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import type { JsonObject } from "../../../src/model/conversation.ts";
import { type Project, project } from "./project.ts";

describe("Edit, MultiEdit and Write", () => {
  let made: Project;
  afterEach(() => made.done());

  /** What the tool answers on a project whose files have been read: the new text with notes, or the refusal. */
  async function planned(tool: string, input: JsonObject): Promise<string> {
    const plan = await made.plan(tool, input);
    return plan.kind === "refused"
      ? `refused: ${plan.reason}`
      : [plan.changes[0]?.after, ...plan.notes].join("|");
  }

  async function withRead(files: Readonly<Record<string, string>>): Promise<void> {
    made = await project(files);
    for (const path of Object.keys(files)) await made.run("Read", { file_path: path });
  }

  const edit = (old_string: string, new_string: string, more: JsonObject = {}) =>
    planned("Edit", { file_path: "a", old_string, new_string, ...more });

  it("edits a file that has been read", async () => {
    await withRead({ a: "one two" });
    assert.equal(await edit("two", "three"), "one three");
  });

  it("does not edit a file that has not been read", async () => {
    made = await project({ a: "one" });
    assert.equal(await edit("one", "two"), 'refused: Read "a" before you edit it.');
    assert.match(
      await planned("Write", { file_path: "a", content: "x" }),
      /refused: "a" exists. Read it before/,
    );
  });

  it("says that it matched loosely", async () => {
    await withRead({ a: "\tone\n" });
    assert.match(
      await edit("    one\n", "    two\n"),
      /^\ttwo\n\|old_string matched but for its indentation/,
    );
  });

  it("edits a file that changed since only where the text is exact and unique, and says so", async () => {
    await withRead({ a: "one\n  two\n" });
    await made.put("a", "zero\none\n  two\n");
    assert.match(await edit("one", "1"), /^zero\n1\n {2}two\n\|The file had other changes/);
    assert.match(await edit("      two\n", "2\n"), /refused: "a" has changed since/);
    assert.match(await edit("one", "1", { replace_all: true }), /refused: "a" has changed since/);
    assert.match(
      await edit("gone", "1"),
      /refused: .*The file has changed since you read it: read it again/s,
    );
  });

  it("replaces all places when told to", async () => {
    await withRead({ a: "x x" });
    assert.match(await edit("x", "y"), /refused: .*2 places, at lines 1, 1/);
    assert.equal(await edit("x", "y", { replace_all: true }), "y y");
  });

  it("refuses what the file's encoding cannot hold", async () => {
    made = await project();
    await made.put("a", Uint8Array.of(0x47, 0x72, 0xf6, 0xdf, 0x65));
    await made.run("Read", { file_path: "a" });
    assert.match(await edit("Größe", "大"), /refused: .*win1252, which has no "大" \(line 1/);
  });

  it("makes several edits in order, or none", async () => {
    await withRead({ a: "1 2" });
    const edits = [
      { old_string: "1", new_string: "2x" },
      { old_string: "2x", new_string: "3" },
    ];
    assert.equal(await planned("MultiEdit", { file_path: "a", edits }), "3 2");
    const broken = [...edits, { old_string: "none", new_string: "" }];
    assert.match(await planned("MultiEdit", { file_path: "a", edits: broken }), /refused: .*Edit 3 of 3/);
  });

  it("names what is near when there is no such file", async () => {
    await withRead({ "a.ts": "1" });
    assert.match(await edit("1", "2"), /refused: There is no "a". Near it: "a.ts"/);
  });

  it("creates files, by Write or by an Edit of nothing", async () => {
    made = await project();
    assert.equal(await planned("Write", { file_path: "a", content: "x\n" }), "x\n");
    assert.equal(await edit("", "y\n"), "y\n");
  });

  it("replaces a whole file, in its own line endings", async () => {
    await withRead({ a: "1\r\n2\r\n" });
    assert.equal(await planned("Write", { file_path: "a", content: "3\n4\n" }), "3\r\n4\r\n");
    assert.match(
      await planned("Write", { file_path: "a", content: "1\n2\n" }),
      /refused: .*already holds exactly this/,
    );
    await made.put("a", "changed");
    assert.match(await planned("Write", { file_path: "a", content: "x" }), /refused: "a" has changed since/);
  });
});
