import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { lazy } from "./lazy.ts";
import { codeOf } from "./system-error.ts";

/** How long a process has between being asked and being made to end. */
const GRACE_MS = 100;
const POLL_MS = 15;
/** Someone who forks faster than we kill is left after this long. */
const GIVE_UP_MS = 3_000;
/** So often it is looked once more, at once, when nobody is left and yet somebody went meanwhile. */
const MOST_UNSURE = 5;

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
  const known = new Set<number>();
  let unsure = 0;
  while (performance.now() - start < GIVE_UP_MS) {
    const { left, isSure } = survivors(tree, known);
    if (left.length === 0) {
      // Whoever went while we looked may have begun another that was not listed; on a busy machine somebody always goes.
      if (isSure || ++unsure === MOST_UNSURE) return;
      continue;
    }
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

/** What was found of a tree. */
interface Survivors {
  /** Process ids, negative for a whole group, of what still runs. */
  readonly left: readonly number[];
  /** Whether that is all: nobody went between being listed and being looked at. */
  readonly isSure: boolean;
}

/** `known`: those that an earlier look has found gone or going. */
function survivors(tree: ProcessTree, known: Set<number>): Survivors {
  if (process.platform !== "linux") return { left: isThere(-tree.pid) ? [-tree.pid] : [], isSure: true };
  const left: number[] = [];
  const before = known.size;
  // Read at one go: asked one by one through the thread pool, hundreds of processes take longer than the grace.
  for (const pid of readdirSync("/proc").map(Number)) {
    if (!(pid > 1) || pid === process.pid) continue;
    const part = partOf(tree, pid);
    if (part === "lives") left.push(pid);
    else if (part === "goes") known.add(pid);
  }
  return { left, isSure: known.size === before };
}

/** By its group, or by the marker: who starts a session of its own leaves the group but keeps the environment. */
function partOf(tree: ProcessTree, pid: number): "lives" | "goes" | "none" {
  const stat = statOf(pid);
  if (!stat) return "goes";
  // Nobody is older than who started them all.
  if (stat.since < tree.since) return "none";
  if (stat.state === "Z" || stat.state === "X") return "goes";
  if (stat.group === tree.pid) return "lives";
  const environment = textAt(`/proc/${pid}/environ`);
  // Empty it is once a process has begun to end.
  if (!environment) return "goes";
  return environment.split("\0").includes(tree.marker) ? "lives" : "none";
}

interface Stat {
  readonly state: string;
  readonly group: number;
  readonly since: number;
}

/** From proc_pid_stat(5): after the name in brackets stand state, parent and group; the start time is field 22. */
function statOf(pid: number): Stat | undefined {
  const text = beginningAt(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state = "", , group] = fields;
  return { state, group: Number(group), since: Number(fields[19]) };
}

/** The line of a process is 400 bytes long at most, name and all numbers at their longest twice that. */
const LINE = Buffer.alloc(1024);

/** As `textAt`, for what fits into a line: half the time, and all processes of the machine are looked at. */
function beginningAt(path: string): string | undefined {
  try {
    const file = openSync(path, "r");
    try {
      return LINE.toString("latin1", 0, readSync(file, LINE, 0, LINE.length, 0));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return unread(error);
  }
}

/** "" when the process belongs to somebody else, `undefined` when it has ended. */
function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch (error) {
    return unread(error);
  }
}

function unread(error: unknown): "" | undefined {
  return ["ENOENT", "ESRCH"].includes(codeOf(error)) ? undefined : "";
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
