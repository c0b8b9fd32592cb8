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

/** Whether `pid` was started by `ancestor`, or by one that was. */
export function isBelow(pid: number, ancestor: number | undefined): boolean {
  const parent = parentOf(pid);
  if (parent === undefined || parent <= 1) return false;
  return parent === ancestor || isBelow(parent, ancestor);
}

/** Field 4 of /proc/PID/stat (proc(5)). */
function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}
