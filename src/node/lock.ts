import { readFileSync } from "node:fs";
import { open, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { lazy } from "./lazy.ts";

/** A file that says who writes. `free` may be called more than once. */
export type Lock =
  | { readonly kind: "taken"; readonly free: () => Promise<void> }
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

/** Takes the lock at `path`, also from a holder that is no more. */
export async function takeLock(path: string): Promise<Lock> {
  const me: Holder = { pid: process.pid, started: startOf(process.pid), machine: hostname() };
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const file = await open(path, "wx", 0o600);
      await file.writeFile(JSON.stringify(me)).finally(() => file.close());
      return { kind: "taken", free: keepAlive(path, me) };
    } catch (error) {
      if (codeOf(error) !== "EEXIST")
        return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
      const holder = await holderOf(path);
      if (holder && (await isAlive(path, holder))) return { kind: "held", pid: holder.pid };
      await setAside(path);
    }
  }
  return { kind: "failed", reason: `the lock ${path} could not be taken` };
}

function keepAlive(path: string, me: Holder): () => Promise<void> {
  const beat = setInterval(
    () => utimes(path, new Date(), new Date()).catch(() => clearInterval(beat)),
    BEAT_MS,
  );
  beat.unref();
  return async () => {
    clearInterval(beat);
    const holder = await holderOf(path);
    if (holder?.pid === me.pid && holder.started === me.started) await rm(path, { force: true });
  };
}

async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    if (typeof value !== "object" || value === null || !("pid" in value) || typeof value.pid !== "number")
      return undefined;
    const { started, machine } = value as Partial<Holder>;
    return { pid: value.pid, started: started ?? "", machine: machine ?? "" };
  } catch {
    // Unreadable or half-written: its age decides.
    return undefined;
  }
}

async function isAlive(path: string, { pid, started, machine }: Holder): Promise<boolean> {
  if (machine !== hostname()) {
    const touched = await stat(path).then(
      (it) => it.mtimeMs,
      () => 0,
    );
    return Date.now() - touched < SILENT_MS;
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
  return started === "" || started === startOf(pid);
}

/** A rename moves a dead lock away for exactly one of several that try. */
async function setAside(path: string): Promise<void> {
  const aside = `${path}.${lazy.crypto.randomUUID()}`;
  await rename(path, aside).then(
    () => rm(aside, { force: true }),
    () => undefined,
  );
}

/** Field 22 of /proc/PID/stat (proc(5)); "" where there is no such file. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
