import { type SpawnSyncOptions, spawnSync } from "node:child_process";
import { root } from "./paths.ts";

/** Runs a program to its end with its output shown; throws when it fails. */
export function step(program: string, given: readonly string[], options: SpawnSyncOptions = {}): void {
  const { status, error } = spawnSync(program, given, { cwd: root, stdio: "inherit", ...options });
  if (status !== 0)
    throw new Error(
      `${program} ${given.slice(0, 3).join(" ")} failed${error ? `: ${error.message}` : ` (${status})`}`,
    );
}

/** Says how long a step took. */
export async function timed<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  const from = Date.now();
  console.log(`${what} …`);
  const result = await work();
  console.log(`${what}: ${((Date.now() - from) / 1000).toFixed(1)} s`);
  return result;
}
