import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { CommandEnd, CommandRun, Shell } from "../../src/world.ts";
import { never, temporaryFolder } from "./temporary-folder.ts";

/** What every implementation of `Shell` promises about its sandbox, in a workspace `folder`, whether it has one or not. */
export function sandboxContract(name: string, make: (folder: string) => Promise<Shell>): void {
  describe(`Shell's sandbox: ${name}`, () => {
    let shell: Shell;
    let folder: string;
    let beside: string;
    let remove: () => Promise<void>;
    beforeEach(async function () {
      // There is no sandbox on Windows.
      if (process.platform === "win32") this.skip();
      ({ folder, remove } = await temporaryFolder());
      beside = join(dirname(folder), `beside-${folder.slice(-6)}`);
      shell = await make(folder);
    });
    afterEach(async () => {
      await remove();
      await rm(beside, { force: true });
    });

    const run = (command: string, more: Partial<CommandRun> = {}, signal = never()): Promise<CommandEnd> =>
      shell.run({ command, folder, timeoutMs: 10_000, onOutput: () => {}, ...more }, signal);

    it("says in what state it is, and why, in a sentence; the same when asked again", async () => {
      const [first, second] = [await shell.sandbox(never()), await shell.sandbox(never())];
      assert.ok(["full", "files", "none"].includes(first.level));
      assert.match(first.why, /^[A-Z].*\.$/);
      assert.deepEqual(first, second);
    });

    it("can be asked and stopped", async () => {
      await assert.rejects(shell.sandbox(AbortSignal.abort(new Error("enough"))), /enough/);
      await assert.rejects(run("true", {}, AbortSignal.abort(new Error("enough"))), /enough/);
    });

    it("never runs outside what must run inside", async () => {
      const { level, why } = await shell.sandbox(never());
      const end = await run(`echo x > ${beside}`, { sandboxed: true });
      assert.equal(existsSync(beside), false);
      if (level === "none")
        assert.deepEqual([end.ended, end.reason], ["failed", `Cannot start the shell: ${why}`]);
      else assert.deepEqual([end.ended, end.sandboxed], ["exit", true]);
    });

    it("runs outside what the person let out", async () => {
      const end = await run(`echo x > ${beside}`, { sandboxed: false });
      assert.deepEqual([end.exitCode, end.sandboxed, await readFile(beside, "utf8")], [0, undefined, "x\n"]);
    });

    it("tells of every command whether it ran inside", async () => {
      const { level } = await shell.sandbox(never());
      assert.equal((await run("true")).sandboxed, level === "none" ? undefined : true);
    });

    it("reports a refusal as one", async () => {
      const { level } = await shell.sandbox(never());
      await writeFile(join(folder, ".env"), "KEY=value\n");
      const { blocked, output } = await run("cat .env");
      assert.equal(output.includes("value"), level === "none");
      assert.equal(blocked?.some((it) => /^The sandbox refused/.test(it)) ?? false, level !== "none");
    });
  });
}
