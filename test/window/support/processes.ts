import { readdirSync, readFileSync } from "node:fs";

export interface Process {
  readonly pid: number;
  /** Arguments joined by blanks. */
  readonly command: string;
}

/** Processes that run now, from /proc. */
export function processes(): readonly Process[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      return command === "" ? [] : [{ pid: Number(name), command }];
    } catch {
      // It ended meanwhile.
      return [];
    }
  });
}

/** Whether a process with just this command line runs. */
export function isRunning(command: string): boolean {
  return processes().some((it) => it.command === command);
}
