import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

/** How long a process has between being asked and being made to end. */
const GRACE_MS = 100;
const POLL_MS = 15;
/** Someone who forks faster than we kill is left after this long. */
const GIVE_UP_MS = 3_000;

/** A process group and what came out of it. */
export interface ProcessTree {
  /** Process id of the leader, which is the id of its group. */
  readonly pid: number;
  /** "NAME=value" that all its processes carry in their environment. */
  readonly marker: string;
}

/** Ends every process of the tree, asked first, made to after 100 ms; resolves when none is left. */
export async function endTree(tree: ProcessTree): Promise<void> {
  if (process.platform === "win32") return endWindowsTree(tree.pid);
  let signal: "SIGTERM" | "SIGKILL" = "SIGTERM";
  const start = performance.now();
  let asked: readonly number[] = [];
  while (performance.now() - start < GIVE_UP_MS) {
    const left = await survivors(tree);
    if (left.length === 0) return;
    const late = performance.now() - start >= GRACE_MS;
    if (late) signal = "SIGKILL";
    send(late ? left : left.filter((pid) => !asked.includes(pid)), signal);
    asked = left;
    await wait(POLL_MS);
  }
}

/** Ends the group at once without waiting: for when our own process ends. */
export function killGroup(pid: number): void {
  if (process.platform !== "win32") send([-pid], "SIGKILL");
}

/** Process ids, negative for a whole group, of what still runs. */
async function survivors(tree: ProcessTree): Promise<readonly number[]> {
  if (process.platform !== "linux") return isThere(-tree.pid) ? [-tree.pid] : [];
  const names = await readdir("/proc");
  const pids = names.map(Number).filter((pid) => Number.isInteger(pid) && pid > 1 && pid !== process.pid);
  const belongs = await Promise.all(pids.map((pid) => belongsTo(tree, pid)));
  return pids.filter((_, index) => belongs[index]);
}

/** By its group, or by the marker: who starts a session of its own leaves the group but keeps the environment. */
async function belongsTo(tree: ProcessTree, pid: number): Promise<boolean> {
  try {
    // After the name in brackets: state, parent, group (proc_pid_stat(5)). Zombies have ended already.
    const stat = await readFile(`/proc/${pid}/stat`, "latin1");
    const [state, , group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === "Z" || state === "X") return false;
    if (Number(group) === tree.pid) return true;
    const environment = await readFile(`/proc/${pid}/environ`, "latin1");
    return environment.split("\0").includes(tree.marker);
  } catch {
    // It has ended, or belongs to somebody else.
    return false;
  }
}

function send(pids: readonly number[], signal: "SIGTERM" | "SIGKILL"): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function endWindowsTree(pid: number): Promise<void> {
  return new Promise((resolve) => {
    execFile("taskkill", ["/pid", String(pid), "/T", "/F"], { windowsHide: true }, () => resolve());
  });
}
