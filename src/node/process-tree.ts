import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { lazy } from "./lazy.ts";

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
  /** When the leader began, in the system's own unit; 0 when not known. */
  readonly since: number;
}

/** The tree whose leader has just been started with `marker` in its environment. */
export function processTree(pid: number, marker: string): ProcessTree {
  return { pid, marker, since: process.platform === "linux" ? (statOf(pid)?.since ?? 0) : 0 };
}

/** Ends every process of the tree, asked first, made to after 100 ms; resolves when none is left. */
export async function endTree(tree: ProcessTree): Promise<void> {
  if (process.platform === "win32") return endWindowsTree(tree.pid);
  let signal: "SIGTERM" | "SIGKILL" = "SIGTERM";
  const start = performance.now();
  let asked: readonly number[] = [];
  while (performance.now() - start < GIVE_UP_MS) {
    const left = survivors(tree);
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
function survivors(tree: ProcessTree): readonly number[] {
  if (process.platform !== "linux") return isThere(-tree.pid) ? [-tree.pid] : [];
  // Read at one go: asked one by one through the thread pool, hundreds of processes take longer than the grace.
  const pids = readdirSync("/proc").map(Number);
  return pids.filter((pid) => pid > 1 && pid !== process.pid && belongsTo(tree, pid));
}

/** By its group, or by the marker: who starts a session of its own leaves the group but keeps the environment. */
function belongsTo(tree: ProcessTree, pid: number): boolean {
  const stat = statOf(pid);
  // Zombies have ended already, and nobody is older than who started them all.
  if (!stat || "ZX".includes(stat.state) || stat.since < tree.since) return false;
  return stat.group === tree.pid || environmentOf(pid).includes(tree.marker);
}

interface Stat {
  readonly state: string;
  readonly group: number;
  readonly since: number;
}

/** From proc_pid_stat(5): after the name in brackets stand state, parent and group; the start time is field 22. */
function statOf(pid: number): Stat | undefined {
  const text = beginningAt(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state = "", , group] = fields;
  return text === "" ? undefined : { state, group: Number(group), since: Number(fields[19]) };
}

function environmentOf(pid: number): readonly string[] {
  return textAt(`/proc/${pid}/environ`).split("\0");
}

/** The line of a process is 400 bytes long at most, name and all numbers at their longest twice that. */
const LINE = Buffer.alloc(1024);

/** As `textAt`, for what fits into a line: half the time, and all processes of the machine are looked at. */
function beginningAt(path: string): string {
  try {
    const file = openSync(path, "r");
    try {
      return LINE.toString("latin1", 0, readSync(file, LINE, 0, LINE.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return "";
  }
}

/** "" when the process has ended, or belongs to somebody else. */
function textAt(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
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
    lazy.childProcess.execFile("taskkill", ["/pid", String(pid), "/T", "/F"], { windowsHide: true }, () =>
      resolve(),
    );
  });
}
