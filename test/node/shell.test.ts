import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, it } from "mocha";
import { nodeShell, SHELL_OUTPUT_LIMIT } from "../../src/node/shell.ts";
import { never } from "../contract/temporary-folder.ts";

const shell = nodeShell(process.env);

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

/** Runs until `READY` has been printed, stops, and answers how many processes are left. */
async function leftAfterStop(command: (mark: string) => string): Promise<number> {
  const mark = `mark${randomBytes(6).toString("hex")}`;
  const controller = new AbortController();
  const onOutput = (text: string) => {
    if (text.includes("READY")) controller.abort();
  };
  const run = { command: command(mark), folder: tmpdir(), timeoutMs: 10_000, onOutput };
  const end = await shell.run(run, controller.signal);
  assert.equal(end.ended, "stopped");
  return alive(mark).length;
}

const SLEEPER = (mark: string) => `bash -c 'while :; do sleep 1; done' ${mark}`;
const DEAF = (mark: string) => `bash -c 'trap "" TERM INT HUP; while :; do sleep 1; done' ${mark}`;

describe("very long output of a command", () => {
  it("is cut between its lines, so that a token in it is whole or not there", async function () {
    if (process.platform === "win32") this.skip();
    const token = `ghp_${"Zk3vQx9LmW2p".repeat(3)}`;
    const blanks = (count: number) => `head -c ${count} /dev/zero | tr '\\0' '\\n'`;
    const command = `${blanks(SHELL_OUTPUT_LIMIT / 2 - 39)}; echo ${token}; ${blanks(SHELL_OUTPUT_LIMIT)}`;
    const run = { command, folder: tmpdir(), timeoutMs: 10_000, onOutput: () => {} };
    const { output } = await shell.run(run, never());
    assert.match(output, /characters left out/);
    assert.ok(output.length > SHELL_OUTPUT_LIMIT - 1_000 && !output.includes("ghp_"));
  });
});

describe("ending a command", () => {
  for (const [what, command] of [
    ["a process in front", (it: string) => `echo READY; ${SLEEPER(it)}`],
    ["processes in the background", (it: string) => `${SLEEPER(it)} & ${SLEEPER(it)} & echo READY; wait`],
    ["a pipeline", (it: string) => `echo READY >&2; ${SLEEPER(it)} | cat | cat`],
    ["a process that does not listen", (it: string) => `echo READY; ${DEAF(it)}`],
    ["a process in a session of its own", (it: string) => `setsid ${SLEEPER(it)} & echo READY; wait`],
    [
      "a daemon in a session of its own that does not listen",
      (it: string) => `setsid ${DEAF(it)} >/dev/null 2>&1 & echo READY; sleep 60`,
    ],
    ["a shell that does not listen", (it: string) => `trap '' TERM; echo READY; ${SLEEPER(it)}`],
  ] as const) {
    it(`leaves nothing of ${what}`, async function () {
      if (process.platform !== "linux") this.skip();
      assert.equal(await leftAfterStop(command), 0);
    });
  }

  it("ends what a finished command left in the background", async function () {
    if (process.platform !== "linux") this.skip();
    const mark = `mark${randomBytes(6).toString("hex")}`;
    const command = `${SLEEPER(mark)} & setsid ${DEAF(mark)} & echo done`;
    const end = await shell.run(
      { command, folder: tmpdir(), timeoutMs: 10_000, onOutput: () => {} },
      never(),
    );
    assert.deepEqual([end.ended, end.exitCode, end.output, alive(mark).length], ["exit", 0, "done\n", 0]);
  });

  it("leaves processes of others alone", async function () {
    if (process.platform !== "linux") this.skip();
    const other = shell.run(
      { command: "sleep 0.4; echo unharmed", folder: tmpdir(), timeoutMs: 5_000, onOutput: () => {} },
      never(),
    );
    await leftAfterStop((it) => `echo READY; ${SLEEPER(it)}`);
    assert.equal((await other).output, "unharmed\n");
  });

  it("gives no command the variables in which keys of providers are, whatever they are called", async () => {
    const env = { ...process.env, WORK: "sk-of-a-test", PLAY: "yes" };
    const hiding = nodeShell(env, undefined, () => ["WORK"]);
    const command = "echo $WORK,$PLAY";
    const end = await hiding.run(
      { command, folder: tmpdir(), timeoutMs: 5_000, onOutput: () => {} },
      never(),
    );
    assert.equal(end.output, ",yes\n");
  });
});
