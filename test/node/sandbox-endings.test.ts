import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { bubblewrapPath, NEEDS_BUBBLEWRAP } from "../support/bubblewrap.ts";
import { type Sandboxed, sandboxed } from "../support/sandboxed.ts";

/** Processes whose arguments name `mark`, zombies left out. */
function alive(mark: string): readonly string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "latin1").includes(mark);
    } catch {
      return false;
    }
  });
}

const SLEEPER = (mark: string) => `bash -c 'while :; do sleep 1; done' ${mark}`;
const DEAF = (mark: string) => `bash -c 'trap "" TERM INT HUP; while :; do sleep 1; done' ${mark}`;

describe(`the end of a command in the sandbox${NEEDS_BUBBLEWRAP}`, () => {
  let here: Sandboxed;
  before(async function () {
    if (bubblewrapPath() === undefined) this.skip();
    here = await sandboxed();
    await here.run("true");
  });
  after(() => here?.remove());

  for (const [what, command] of [
    ["a process in front", (it: string) => `echo READY; ${SLEEPER(it)}`],
    ["a process that does not listen", (it: string) => `echo READY; ${DEAF(it)}`],
    [
      "a daemon in a session of its own",
      (it: string) => `setsid ${DEAF(it)} >/dev/null 2>&1 & echo READY; sleep 60`,
    ],
    [
      "a daemon without our mark",
      (it: string) => `env -i setsid ${DEAF(it)} >/dev/null 2>&1 & echo READY; sleep 60`,
    ],
    ["a double fork", (it: string) => `(setsid ${DEAF(it)} &) ; echo READY; sleep 60`],
  ] as const) {
    it(`is within a moment of Stop, and leaves nothing of ${what}`, async () => {
      const mark = `mark${randomBytes(6).toString("hex")}`;
      const controller = new AbortController();
      let stopped = 0;
      const onOutput = (text: string) => {
        if (!text.includes("READY")) return;
        stopped = performance.now();
        controller.abort();
      };
      const run = { command: command(mark), folder: here.root, timeoutMs: 10_000, onOutput, sandboxed: true };
      const end = await here.shell.run(run, controller.signal);
      const tookMs = performance.now() - stopped;
      assert.deepEqual([end.ended, alive(mark)], ["stopped", []]);
      // 200 ms on a quiet machine; tests share theirs.
      assert.ok(tookMs < 8_000, `${tookMs} ms`);
    });
  }

  it("takes with it what was left in the background", async () => {
    const mark = `mark${randomBytes(6).toString("hex")}`;
    const end = await here.run(`${SLEEPER(mark)} & env -i setsid ${DEAF(mark)} & echo done`);
    assert.deepEqual([end.ended, end.exitCode, end.output, alive(mark)], ["exit", 0, "done\n", []]);
  });

  it("comes when its time is over", async () => {
    const mark = `mark${randomBytes(6).toString("hex")}`;
    const end = await here.run(DEAF(mark), { timeoutMs: 500 });
    assert.deepEqual([end.ended, alive(mark)], ["timeout", []]);
  });

  it("comes with our own, even when nobody can say goodbye", async () => {
    const mark = `mark${randomBytes(6).toString("hex")}`;
    const owner = ownerOf(here.root, `echo READY; env -i setsid ${DEAF(mark)}`);
    await once(owner.stdout ?? owner, "data");
    assert.notEqual(alive(mark).length, 0);
    owner.kill("SIGKILL");
    await once(owner, "exit");
    for (const until = performance.now() + 5_000; alive(mark).length > 0 && performance.now() < until; )
      await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(alive(mark), []);
  });
});

/** A process of its own that runs a command in a sandbox. */
function ownerOf(root: string, command: string): ChildProcess {
  const module = join(import.meta.dirname, "../../src/node/shell.ts");
  const script = `
    const { nodeShell } = await import(${JSON.stringify(module)});
    const policy = { mode: "on", roots: [${JSON.stringify(root)}], allowWrite: [], allowedHosts: [] };
    const onOutput = (text) => process.stdout.write(text);
    const run = { command: ${JSON.stringify(command)}, folder: ${JSON.stringify(root)}, timeoutMs: 60000, onOutput };
    await nodeShell(process.env, () => policy).run(run, new AbortController().signal);`;
  const given = ["--no-warnings", "--input-type=module", "-e", script];
  return spawn(process.execPath, given, { stdio: ["ignore", "pipe", "inherit"] });
}
