import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { CommandEnd, Shell } from "../../src/world.ts";
import { never, temporaryFolder } from "./temporary-folder.ts";

/** What is left of `echo begun; sleep 60`: a shell that outlives its ended child for a moment says so. */
const BEGUN = /^begun\n(Terminated\n)?$/;

/** What every implementation of `Shell` promises, in a workspace `folder`; the commands are those of a POSIX shell. */
export function shellContract(name: string, make: (folder: string) => Promise<Shell>): void {
  describe(`Shell: ${name}`, () => {
    let shell: Shell;
    let folder: string;
    let remove: () => Promise<void>;
    let shown = "";
    beforeEach(async function () {
      // The command lines are those of bash.
      if (process.platform === "win32") this.skip();
      ({ folder, remove } = await temporaryFolder());
      shell = await make(folder);
      shown = "";
    });
    afterEach(() => remove());

    const run = (command: string, timeoutMs = 10_000, signal = never()): Promise<CommandEnd> =>
      shell.run({ command, folder, timeoutMs, onOutput: (text) => (shown += text) }, signal);

    for (const [command, output, exitCode] of [
      ["echo one; echo two >&2; echo three", "one\ntwo\nthree\n", 0],
      ["exit 3", "", 3],
      ["set -e; false; echo never", "", 1],
      ["kill -9 $$", "", 137],
      ["printf '\\033[31mred\\033[0m\\n'", "red\n", 0],
      ["cat", "", 0],
      ["printf 'no line end'", "no line end", 0],
      ["cat <<X\nhere\nX", "here\n", 0],
      ['echo $# "$0" | head -c 1', "0", 0],
      ["# only a comment", "", 0],
      ["printf '\\303'; sleep 0.05; printf '\\251'", "é", 0],
    ] as const) {
      it(`runs ${JSON.stringify(command)}`, async () => {
        const end = await run(command);
        assert.deepEqual([end.output, end.exitCode, end.ended], [output, exitCode, "exit"]);
        assert.equal(shown, output);
      });
    }

    it("tells what is wrong with a line it cannot read", async () => {
      const end = await run("if then");
      assert.equal(end.exitCode, 2);
      assert.match(end.output, /syntax error|Syntax error/);
    });

    it("starts in the folder and tells where it ended, also after a failure", async () => {
      await mkdir(join(folder, "a b"));
      assert.equal((await run("pwd")).output, `${folder}\n`);
      assert.equal((await run('cd "a b"; false')).folder, join(folder, "a b"));
      assert.equal((await run("cd /; exit 4")).exitCode, 4);
    });

    it("starts every command afresh", async () => {
      await run("export KEPT=1; alias ls=false");
      assert.equal((await run("echo [$KEPT]")).output, "[]\n");
    });

    it("ends a command whose time is over", async () => {
      // Long enough for a shell to start on a busy machine.
      const end = await run("echo begun; sleep 60", 2_000);
      assert.deepEqual([end.ended, end.exitCode], ["timeout", undefined]);
      assert.match(end.output, BEGUN);
    });

    it("ends a command that is stopped", async () => {
      const controller = new AbortController();
      const running = shell.run(
        { command: "echo begun; sleep 60", folder, timeoutMs: 10_000, onOutput: () => controller.abort() },
        controller.signal,
      );
      const end = await running;
      assert.deepEqual([end.ended, end.exitCode], ["stopped", undefined]);
      assert.match(end.output, BEGUN);
    });

    it("says why it could not start", async () => {
      const end = await shell.run(
        { command: "ls", folder: join(folder, "none"), timeoutMs: 1_000, onOutput: () => {} },
        never(),
      );
      assert.equal(end.ended, "failed");
      assert.match(end.reason ?? "", /there is no folder/);
    });

    it("keeps head and tail of an output without end", async () => {
      const end = await run("echo first; head -c 3000000 /dev/zero | tr '\\0' x; echo; echo last");
      assert.ok(
        end.output.length < 1_100_000 && end.output.startsWith("first\n") && end.output.endsWith("last\n"),
      );
      assert.match(end.output, /characters left out/);
    });
  });
}
