import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { type Project, project } from "./project.ts";

describe("Bash", () => {
  let made: Project;
  beforeEach(async function () {
    // The command lines are those of bash.
    if (process.platform === "win32") this.skip();
    made = await project();
  });
  afterEach(() => made.done());

  for (const [command, expected, failed] of [
    ["echo hi", "hi", undefined],
    ["true", "(no output, exit code 0)", undefined],
    ["echo hi; exit 3", "hi\n(exit code 3)", true],
    [
      "echo begun; sleep 60",
      // A shell that outlives its ended child for a moment says so.
      /^begun\n(Terminated\n)?\(ended after 2000 ms: give a longer timeout, or a command that does less\)$/,
      true,
    ],
    ["cd /", undefined, undefined],
  ] as const) {
    it(`answers ${JSON.stringify(command)}`, async () => {
      // Long enough for a shell to start on a busy machine.
      const timeout = command.includes("sleep") ? 2_000 : 15_000;
      const result = await made.run("Bash", { command, timeout });
      if (expected instanceof RegExp) assert.match(String(result.content), expected);
      else if (expected !== undefined) assert.equal(result.content, expected);
      assert.deepEqual([result.failed, result.folder], [failed, undefined]);
    });
  }

  it("carries the folder over inside the workspace only", async () => {
    await mkdir(join(made.folder, "sub"));
    assert.equal((await made.run("Bash", { command: "cd sub" })).folder, join(made.folder, "sub"));
    assert.match(
      await made.text("Bash", { command: "cd /" }),
      /ended in \/, outside the workspace; the next command starts in/,
    );
  });

  it("keeps a long output whole in a file that it names", async () => {
    const text = await made.text("Bash", {
      command: "echo first; head -c 50000 /dev/zero | tr '\\0' x; echo; echo last",
    });
    assert.ok(text.length < 31_000 && text.startsWith("first\n"));
    const path = /whole output is in (\S+):/.exec(text)?.[1] ?? "";
    assert.equal((await readFile(path, "utf8")).length, 50_000 + "first\n\nlast\n".length);
  });

  it("says how much is lost of an output that is too long to be kept", async () => {
    const text = await made.text("Bash", { command: "yes 'a line of text' | head -c 3000000" });
    assert.ok(text.length < 31_000 && !text.includes("whole output"));
    const [, lost, path = ""] =
      /(\d+) characters of it were not kept\. The rest is in (\S+):/.exec(text) ?? [];
    const kept = await readFile(path, "utf8");
    const note = /\n\[\.\.\. \d+ characters left out \.\.\.\]\n/.exec(kept)?.[0] ?? "";
    assert.equal(kept.length - note.length + Number(lost), 3_000_000);
  });

  it("shows output while the command runs, and the command with its end", async () => {
    const { display } = await made.run("Bash", { command: "echo one; exit 2" });
    assert.equal(made.printed.join(""), "one\n");
    assert.deepEqual(display, {
      kind: "terminal",
      command: "echo one; exit 2",
      folder: made.folder,
      output: "one\n",
      exitCode: 2,
    });
  });
});
