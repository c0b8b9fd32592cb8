import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { after, before, describe, it } from "mocha";
import { shellLines } from "./shell-lines.ts";
import { type ShellStage, shellStage } from "./shell-stage.ts";

/** Everything is allowed but rm. */
const RULES = { allow: ["Bash"], deny: ["Bash(rm:*)"] };
const AMOUNT = Number(process.env["SHELL_LINES"] ?? 2_000);
/** Allowed lines that are run in earnest. */
const MOST_RUN = Number(process.env["SHELL_RUNS"] ?? 250);
const SEED = Number(process.env["SHELL_SEED"] ?? 20261121);

describe("a line that is allowed", () => {
  let stage: ShellStage;
  let folder: string;
  before(async () => {
    stage = await shellStage();
    folder = sandbox();
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await stage.close();
  });

  it("though rm is denied does not run it in bash", async function () {
    if (!existsSync("/bin/bash")) return this.skip();
    this.timeout(600_000);
    const lines = [...new Set(fc.sample(shellLines(), { numRuns: AMOUNT, seed: SEED }))];
    const allowed: string[] = [];
    for (const line of lines) {
      const { decision } = await stage.on(line, RULES, { mode: "acceptEdits" });
      if (decision === "allow") allowed.push(line);
    }
    const ran = run(folder, allowed.slice(0, MOST_RUN));
    assert.deepEqual(ran, []);
    for (const name of readdirSync(join(folder, "in")).filter((it) => it !== "f"))
      rmSync(join(folder, "in", name), { recursive: true });
    assert.ok(allowed.length > lines.length / 50, `only ${allowed.length} of ${lines.length} are allowed`);
  });

  it("writes nothing when no rule allows anything", async function () {
    if (!existsSync("/bin/bash")) return this.skip();
    this.timeout(600_000);
    const lines = [...new Set(fc.sample(shellLines(), { numRuns: AMOUNT, seed: SEED + 1 }))];
    const allowed: string[] = [];
    for (const line of lines) if ((await stage.on(line)).decision === "allow") allowed.push(line);
    assert.deepEqual(run(folder, allowed.slice(0, MOST_RUN)), []);
    assert.deepEqual(readdirSync(join(folder, "in")), ["f"]);
    assert.ok(allowed.length > lines.length / 50, `only ${allowed.length} of ${lines.length} are allowed`);
  });

  it("is told from one that runs it", () => {
    assert.deepEqual(run(folder, ["echo a", "echo $(rm x)", "true"]), ["echo $(rm x)"]);
  });
});

/** A folder with an `rm` that only leaves a mark, and a few programs that do no harm. */
function sandbox(): string {
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-shell-"));
  for (const name of ["bin", "in", "lines", "marks"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "bin/rm"), `#!/bin/sh\n: > "${join(folder, "marks")}/$LINE"\n`);
  chmodSync(join(folder, "bin/rm"), 0o755);
  for (const name of [
    "cat",
    "env",
    "timeout",
    "nice",
    "xargs",
    "find",
    "sort",
    "grep",
    "ls",
    "bash",
    "sh",
    "nohup",
    "stdbuf",
  ]) {
    const real = [`/bin/${name}`, `/usr/bin/${name}`].find((it) => existsSync(it));
    if (real) symlinkSync(real, join(folder, "bin", name));
  }
  writeFileSync(join(folder, "in/f"), "x\n");
  return folder;
}

/** Those of the lines that have run rm; all run in one folder, each in a shell of its own. */
function run(folder: string, lines: readonly string[]): readonly string[] {
  for (const [index, line] of lines.entries()) writeFileSync(join(folder, "lines", String(index)), line);
  const script = `i=0; while [ $i -lt ${lines.length} ]; do LINE=$i timeout 5 bash --noprofile --norc -c "$(< ../lines/$i)" </dev/null >/dev/null 2>&1; i=$((i+1)); done`;
  const env = { PATH: join(folder, "bin"), HOME: join(folder, "in") };
  spawnSync("/bin/bash", ["--noprofile", "--norc", "-c", script], {
    cwd: join(folder, "in"),
    env,
    timeout: 500_000,
  });
  const ran = lines.filter((_, index) => existsSync(join(folder, "marks", String(index))));
  for (const [index] of lines.entries()) rmSync(join(folder, "marks", String(index)), { force: true });
  return ran;
}
