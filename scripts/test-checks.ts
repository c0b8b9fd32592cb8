import { spawn } from "node:child_process";
import { added, NO_REPORT, type Report } from "../test/support/report.ts";
import { COMPILER, root } from "./paths.ts";

const CHECKS: readonly (readonly [what: string, program: string, given: readonly string[]])[] = [
  ["the sources are formatted and clean", "biome", ["check", "--error-on-warnings", "--max-diagnostics=20"]],
  ["the types are right", process.execPath, [COMPILER, "-p", "."]],
  ["the gathered lists are up to date", process.execPath, ["scripts/gather.ts", "--check"]],
  ["package.json says what the tables say", process.execPath, ["scripts/contributes.ts", "--check"]],
];

/** Format, lint, types and generated files, each counted as a test. */
export async function runChecks(grep: string): Promise<Report> {
  let report = NO_REPORT;
  for (const [what, program, given] of CHECKS) {
    if (!new RegExp(grep).test(what)) continue;
    const { output, isRight } = await check(program, given);
    const failure = { title: what, file: "scripts/test-checks.ts", why: output.slice(-8000) };
    report = added(
      report,
      isRight ? { ...NO_REPORT, passed: 1 } : { ...NO_REPORT, failed: 1, failures: [failure] },
    );
    process.stdout.write(isRight ? "." : "!");
  }
  process.stdout.write("\n");
  return report;
}

function check(program: string, given: readonly string[]): Promise<{ output: string; isRight: boolean }> {
  const child = spawn(program, given, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (bytes: Buffer) => (output += bytes.toString()));
  return new Promise((resolve) => {
    child.once("error", (error) =>
      resolve({ output: `${program} could not be started: ${error.message}`, isRight: false }),
    );
    child.once("close", (code) => resolve({ output, isRight: code === 0 }));
  });
}
