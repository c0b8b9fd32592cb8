import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "./wheelhouse.ts";

/** What the offline model is told, so that it runs a command that goes on until it is ended. */
export const SLEEPS = "run echo $$ >pid; sleep 1000";

/** Lets it run unasked. */
export const MAY_SLEEP = ["--allowedTools", "Bash(echo $$ >pid; sleep 1000)"];

/** The shell of that command, once it runs. */
export async function shellAtWork({ project }: Place): Promise<number> {
  const path = join(project, "pid");
  await until(() => existsSync(path) && readFileSync(path, "utf8").endsWith("\n"));
  const pid = Number(readFileSync(path, "utf8"));
  rmSync(path);
  return pid;
}

/** Less than a test has. */
const PATIENCE_MS = 18_000;

/** Resolves when `holds` does; rejects when that takes too long. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`Waited ${PATIENCE_MS} ms for ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
