import { closeSync, openSync } from "node:fs";
import { lazy } from "../lazy.ts";
import type { Launch } from "./walls.ts";

/** Most bytes kept of what it says. */
const MOST = 64 * 1024;

/** Runs a launch to its end and answers what it said on both streams; ended after the time. Never rejects. */
export function startInside(launch: Launch, limitMs: number): Promise<string> {
  return new Promise((resolve) => {
    const fourth = launch.fourth === undefined ? undefined : openSync(launch.fourth, "r");
    const child = lazy.childProcess.spawn(launch.program, launch.args, {
      cwd: launch.folder,
      env: launch.env as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe", "ignore", fourth ?? "ignore"],
      timeout: limitMs,
      killSignal: "SIGKILL",
    });
    if (fourth !== undefined) closeSync(fourth);
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (bytes: Uint8Array) => {
        said = (said + new TextDecoder().decode(bytes)).slice(0, MOST);
      });
    child.once("error", (error) => resolve(error.message));
    child.once("close", () => resolve(said));
  });
}
