import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NO_REPORT, type Report } from "../test/support/report.ts";
import { root } from "./paths.ts";

export interface PartOptions {
  /** The part's name, for people. */
  readonly name: string;
  /** Script that writes a report to the path it gets as its first argument. */
  readonly script: string;
  readonly given: readonly string[];
  readonly limitMs: number;
}

/** Runs a part of the tests in a process of its own. One that ends without a report counts as one failure and shows the end of what it printed. */
export async function runPart({ name, script, given, limitMs }: PartOptions): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-test-"));
  const path = join(folder, "report.json");
  const { output, ended } = await runScript([script, path, ...given], limitMs);
  const report: Report | undefined = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
  rmSync(folder, { recursive: true, force: true });
  const why = `${ended}\n${output.slice(-4000)}`;
  return (
    report ?? {
      ...NO_REPORT,
      failed: 1,
      failures: [{ title: `${name}: the tests did not come to their end`, file: script, why }],
    }
  );
}

function runScript(given: readonly string[], limitMs: number): Promise<{ output: string; ended: string }> {
  // Colours would be lost in files; a process group, so that what hangs is ended with all it began.
  const child = spawn(process.execPath, ["--no-warnings", ...given], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  const end = () => child.pid !== undefined && kill(child.pid);
  process.once("exit", end);
  let output = "";
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    end();
  }, limitMs);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (bytes: Buffer) => {
      output = (output + bytes.toString()).slice(-100_000);
    });
  }
  return new Promise((resolve) => {
    child.once("close", (code, signal) => {
      clearTimeout(late);
      process.removeListener("exit", end);
      resolve({
        output,
        ended: isLate ? `It was ended after ${limitMs / 1000} s.` : `It ended with ${signal ?? code}.`,
      });
    });
  });
}

function kill(pid: number): void {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}
