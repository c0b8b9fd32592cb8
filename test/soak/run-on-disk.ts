import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";

const DISK = join(import.meta.dirname, "faulty-disk.ts");

/** A disk in memory, where the system has one: nothing is slower there for being forced. */
const MEMORY = "/dev/shm";

/** Runs a program of this folder on the disk that is watched; answers the lines of JSON that it prints. `inMemory`: the disk need not be a real one. */
export async function runOnDisk<T>(
  program: string,
  job: unknown,
  { inMemory = false } = {},
): Promise<readonly T[]> {
  const path = join(import.meta.dirname, program);
  const given = ["--no-warnings", "--import", DISK, path, JSON.stringify(job)];
  const env = inMemory && existsSync(MEMORY) ? { ...process.env, TMPDIR: MEMORY } : process.env;
  const child = spawn(process.execPath, given, { env, stdio: ["ignore", "pipe", "pipe"] });
  let [output, complaints] = ["", ""];
  child.stdout.on("data", (it) => (output += it));
  child.stderr.on("data", (it) => (complaints += it));
  const [code] = await once(child, "close");
  assert.deepEqual([code, complaints], [0, ""]);
  return output
    .split("\n")
    .filter((it) => it !== "")
    .map((it): T => JSON.parse(it));
}
