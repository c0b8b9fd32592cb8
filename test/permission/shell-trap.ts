import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "mocha";
import { type ShellStage, shellStage } from "./shell-stage.ts";

/** A new folder with an `rm` that only leaves a mark, and a few programs that do no harm. */
function trap(): string {
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

/** Those of the lines that bash runs rm for, in the folder of `trap`; all run in one folder, each in a shell of its own. */
export function ran(folder: string, lines: readonly string[]): readonly string[] {
  for (const [index, line] of lines.entries()) writeFileSync(join(folder, "lines", String(index)), line);
  // `timeout` has a process group of its own: what a line leaves running in the background is ended with it.
  const script = `i=0; while [ $i -lt ${lines.length} ]; do LINE=$i timeout 5 bash --noprofile --norc -c "$(< ../lines/$i)" </dev/null >/dev/null 2>&1 & wait $!; kill -9 -- -$! 2>/dev/null; i=$((i+1)); done`;
  const env = { PATH: join(folder, "bin"), HOME: join(folder, "in") };
  spawnSync("/bin/bash", ["--noprofile", "--norc", "-c", script], {
    cwd: join(folder, "in"),
    env,
    timeout: 500_000,
  });
  const caught = lines.filter((_, index) => existsSync(join(folder, "marks", String(index))));
  for (const [index] of lines.entries()) rmSync(join(folder, "marks", String(index)), { force: true });
  return caught;
}

/** For the tests of a suite: judges of command lines, and a folder in which what should not run would be caught. */
export function withTrap(): { readonly stage: () => ShellStage; readonly folder: () => string } {
  let stage: ShellStage;
  let folder: string;
  before(async () => {
    stage = await shellStage();
    folder = trap();
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await stage.close();
  });
  return { stage: () => stage, folder: () => folder };
}
