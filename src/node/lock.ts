import { readFileSync } from "node:fs";
import { link, open, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { codeOf, isAbsence, reasonOf } from "./system-error.ts";

/** A file that says who writes. `free` may be called more than once. */
export type Lock =
  | { readonly kind: "taken"; readonly free: () => Promise<void> }
  /** `pid` is 0 when the holder cannot be told. */
  | { readonly kind: "held"; readonly pid: number }
  | { readonly kind: "failed"; readonly reason: string };

interface Holder {
  readonly pid: number;
  /** Start of the process in clock ticks since boot, where the system tells: numbers of dead processes are given anew. */
  readonly started: string;
  readonly machine: string;
}

/** A holder on another machine counts as gone when its lock was not touched for this long, in milliseconds. */
const SILENT_MS = 30_000;
const BEAT_MS = 10_000;
/** Removing a dead lock takes no longer than this; who takes longer has died at it. */
const BREAK_MS = 5_000;
/** A lock that cannot be freed is tried again after this long, in milliseconds. */
const FREE_AGAIN_MS = 1_000;
const ATTEMPTS = 50;
const PAUSE_MS = 10;

/** Takes the lock at `path`, also from a holder that is no more. */
export async function takeLock(path: string): Promise<Lock> {
  const me: Holder = {
    pid: process.pid,
    started: processOf(process.pid)?.started ?? "",
    machine: hostname(),
  };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const error = await make(path, me);
    if (error === undefined) return { kind: "taken", free: keepAlive(path, me) };
    if (codeOf(error) !== "EEXIST") return { kind: "failed", reason: reasonOf(error) };
    const state = await stateOf(path);
    if (typeof state === "number") return { kind: "held", pid: state };
    // One that has just been freed is only taken.
    if (state === "dead") await breakLock(path, me);
  }
  return { kind: "failed", reason: `the lock ${path} could not be taken` };
}

/** The process that holds the lock at `path`; 0 when that cannot be told, `undefined` when nobody does. */
export async function holderOf(path: string): Promise<number | undefined> {
  const state = await stateOf(path);
  return typeof state === "number" ? state : undefined;
}

/** The same; "dead": a lock is there whose holder is no more, "absent": there is none. */
async function stateOf(path: string): Promise<number | "dead" | "absent"> {
  const touched = await stat(path).then(
    (it) => it.mtimeMs,
    () => undefined,
  );
  if (touched === undefined) return "absent";
  const holder = await readHolder(path);
  if (holder === "absent") return holder;
  const isFresh = Date.now() - touched < SILENT_MS;
  // Unreadable or half-written: its age decides.
  if (!holder) return isFresh ? 0 : "dead";
  const isThere = holder.machine === hostname() ? isAlive(holder) : isFresh;
  return isThere ? holder.pid : "dead";
}

/** Makes the file with its content in one step, so that nobody reads half of it; the error when that fails. */
async function make(path: string, me: Holder): Promise<unknown> {
  // A name nobody else takes; it is no secret, and node:crypto takes milliseconds to load.
  const draft = `${path}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  try {
    await writeFile(draft, JSON.stringify(me), { flag: "wx", mode: 0o600 });
    await link(draft, path);
    return undefined;
  } catch (error) {
    return ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(codeOf(error))
      ? makePlainly(path, me)
      : error;
  } finally {
    // A draft that stays does no harm, and the lock may have been made.
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

/** For file systems without hard links. */
async function makePlainly(path: string, me: Holder): Promise<unknown> {
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(JSON.stringify(me)).finally(() => file.close());
    return undefined;
  } catch (error) {
    return error;
  }
}

/**
 * Removes a dead lock. Only one at a time may, and looks again before: by now the lock may be somebody's new one. Where
 * there is none, nothing is removed: the next moment there may be a living one.
 */
async function breakLock(path: string, me: Holder): Promise<void> {
  const guard = `${path}.break`;
  if ((await make(guard, me)) !== undefined) {
    const made = await stat(guard).then(
      (it) => it.mtimeMs,
      () => 0,
    );
    if (Date.now() - made > BREAK_MS) await rm(guard, { force: true });
    return wait(PAUSE_MS);
  }
  try {
    if ((await stateOf(path)) === "dead") await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

function keepAlive(path: string, me: Holder): () => Promise<void> {
  const beat = setInterval(
    () => utimes(path, new Date(), new Date()).catch(() => clearInterval(beat)),
    BEAT_MS,
  );
  beat.unref();
  const free = async () => {
    clearInterval(beat);
    // On a disk that fails just now it is tried again: nobody could open what we hold until we end.
    if (!(await isFreed(path, me))) again();
  };
  const again = () => {
    const late = setTimeout(() => isFreed(path, me).then((it) => !it && again()), FREE_AGAIN_MS);
    late.unref();
  };
  let freeing: Promise<void> | undefined;
  // Once only: by the second time this process may have taken it anew.
  return () => (freeing ??= free());
}

/** Removes the lock if it is ours; `false`: it could not be told, or not be removed. */
async function isFreed(path: string, me: Holder): Promise<boolean> {
  try {
    const holder = holderIn(await readFile(path, "utf8"));
    if (holder?.pid === me.pid && holder.started === me.started) await rm(path, { force: true });
    return true;
  } catch (error) {
    return isAbsence(error);
  }
}

async function readHolder(path: string): Promise<Holder | "absent" | undefined> {
  return readFile(path, "utf8").then(holderIn, (error) => (isAbsence(error) ? "absent" : undefined));
}

function holderIn(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("pid" in value) || typeof value.pid !== "number")
      return undefined;
    const { started, machine } = value as Partial<Holder>;
    return { pid: value.pid, started: started ?? "", machine: machine ?? "" };
  } catch {
    return undefined;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
  const found = processOf(pid);
  // A zombie has ended and waits for its parent to hear of it.
  return found === undefined || (found.state !== "Z" && (started === "" || started === found.started));
}

/** Fields 3 and 22 of /proc/PID/stat (proc_pid_stat(5)); `undefined` where there is no such file. */
function processOf(pid: number): { readonly state: string; readonly started: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", started: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}
