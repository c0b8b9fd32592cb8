import { homedir } from "node:os";
import { join } from "node:path";
import type { Environment } from "./environment.ts";

/** Where this person's state lies. */
export function homeOf(env: Environment): string {
  return env["WHEELHOUSE_HOME"] ?? join(homedir(), ".wheelhouse");
}
