/**
 * `node --import faulty-disk.ts PROGRAM`: a disk that fails when it is told to. All calls of `node:fs` that are made
 * within `onDisk` and are about a path below its root are counted; from the n-th on they have no effect and never come
 * back ("death": what stands on the disk is what a kill at that call leaves), or the n-th, or all from it on, fail with
 * an error of the system. It has to be loaded before what it watches, since promisified functions are kept.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { FileHandle } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

/** What happens to the call with that number, from 1 on. */
export type Fault =
  | { readonly kind: "none" }
  /** `half`: a write that is hit has put half of its bytes on the disk. */
  | { readonly kind: "death"; readonly at: number; readonly half: boolean }
  | { readonly kind: "error"; readonly at: number; readonly code: string; readonly isForEver: boolean };

/** The calls of one run. */
export interface Disk {
  /** How many counted calls were made. */
  readonly calls: () => number;
  /** Names of the calls, each with its path. */
  readonly names: readonly string[];
  /** From now on no call fails; what hangs goes on hanging. */
  readonly heal: () => void;
  /** Resolves at the death, when all calls that were made before have ended. */
  readonly died: Promise<void>;
}

/** Told of each call that changes the disk as it begins, with what it was given besides `path`; the answer is told its result, unless it fails. */
export type Watcher = (
  name: string,
  path: string,
  given: readonly unknown[],
) => ((result: unknown) => void) | undefined;

interface Watched extends Disk {
  readonly root: string;
  readonly fault: Fault;
  readonly seen: (name: string, path: string) => "go" | "half" | "hang" | Error;
  readonly underway: { count: number };
  readonly watcher: Watcher | undefined;
}

const current = new AsyncLocalStorage<Watched>();
const handles = new WeakMap<object, string>();
const descriptors = new Map<number, string>();

/** Runs `work` on a disk that counts the calls below `root` and fails as `fault` says; those that only read are left out where it is a death. */
export function onDisk<T>(
  root: string,
  fault: Fault,
  work: () => Promise<T>,
  watcher?: Watcher,
): { readonly disk: Disk; readonly result: Promise<T> } {
  const watched = { ...watch(root, fault), watcher };
  return { disk: watched, result: current.run(watched, work) };
}

function watch(root: string, fault: Fault): Omit<Watched, "watcher"> {
  let calls = 0;
  let isHealed = false;
  let die: () => void = () => undefined;
  const names: string[] = [];
  const underway = { count: 0 };
  const died = new Promise<void>((resolve) => {
    die = resolve;
  }).then(async () => {
    // Twice quiet: what has just ended may have begun another that was let through. One that waits for a dead one never ends.
    for (let [quiet, left] = [0, 500]; quiet < 2 && left > 0; left--) {
      await new Promise(setImmediate);
      quiet = underway.count === 0 ? quiet + 1 : 0;
    }
  });
  return {
    root,
    underway,
    fault,
    names,
    died,
    calls: () => calls,
    heal: () => {
      isHealed = true;
    },
    seen(name, path) {
      calls++;
      names.push(`${name} ${path.slice(root.length)}`);
      if (fault.kind === "none") return "go";
      if (fault.kind === "death") {
        if (calls < fault.at) return "go";
        die();
        return calls === fault.at && fault.half ? "half" : "hang";
      }
      const isHit = fault.isForEver ? calls >= fault.at : calls === fault.at;
      return isHit && !isHealed ? systemError(fault.code, name, path) : "go";
    },
  };
}

function systemError(code: string, name: string, path: string): Error {
  const words: Readonly<Record<string, string>> = {
    ENOSPC: "no space left on device",
    EACCES: "permission denied",
    EIO: "i/o error",
    EMFILE: "too many open files",
    EROFS: "read-only file system",
    EBUSY: "resource busy or locked",
  };
  const message = `${code}: ${words[code] ?? "failed"}, ${name} '${path}'`;
  return Object.assign(new Error(message), { code, syscall: name, path });
}

type Call = (this: unknown, ...given: unknown[]) => unknown;
type Methods = Record<string, Call>;

const HANG = new Promise<never>(() => undefined);

/** Names of what changes the disk; all else only reads. */
const CHANGING = new Set(
  "writeFile write rename link unlink rm rmdir mkdir chmod utimes cp truncate sync datasync fsync writeSync writeFileSync mkdirSync rmSync renameSync unlinkSync utimesSync symlink".split(
    " ",
  ),
);
const READING = "readFile stat lstat readdir realpath readlink access read fstatSync readSync".split(" ");

function pathOf(first: unknown, self: unknown): string | undefined {
  if (typeof first === "string") return first;
  if (typeof first === "number") return descriptors.get(first);
  return typeof self === "object" && self !== null ? handles.get(self) : undefined;
}

/** Whether opening with these flags changes what is there. */
function opensToChange(flags: unknown): boolean {
  return typeof flags === "string" && /[wa+]/.test(flags);
}

/** Runs a call that is not hit, and counts it as long as it lasts. */
async function underway(work: () => unknown): Promise<unknown> {
  const disk = current.getStore();
  if (!disk) return work();
  disk.underway.count++;
  try {
    return await work();
  } finally {
    disk.underway.count--;
  }
}

/** The verdict on a call; "go" where nobody counts it. */
function verdictOn(
  name: string,
  path: string | undefined,
  isChange: boolean,
): "go" | "half" | "hang" | Error {
  const disk = current.getStore();
  if (!disk || path === undefined || !path.startsWith(disk.root)) return "go";
  if (!isChange && disk.fault.kind !== "error") return "go";
  return disk.seen(name, path);
}

/** Says that a call begins which changes the disk, where anybody wants to know. */
function begun(
  name: string,
  path: string | undefined,
  isChange: boolean,
  given: readonly unknown[],
): ((result: unknown) => void) | undefined {
  const disk = current.getStore();
  if (!disk?.watcher || !isChange || path === undefined || !path.startsWith(disk.root)) return undefined;
  return disk.watcher(name, path, given);
}

function wrapLater(methods: Methods, name: string, isHandle: boolean): void {
  const real = methods[name];
  if (!real) throw new Error(`no ${name}`);
  methods[name] = async function (this: unknown, ...given: unknown[]) {
    const path = isHandle ? handles.get(this as object) : pathOf(given[0], undefined);
    const isChange = CHANGING.has(name) || (name === "open" && opensToChange(given[1]));
    const verdict = verdictOn(name, path, isChange);
    if (verdict instanceof Error) throw verdict;
    if (verdict === "hang") return HANG;
    if (verdict === "half") {
      if (name === "write" || name === "writeFile") await real.apply(this, halved(given, isHandle ? 0 : 1));
      return HANG;
    }
    const ended = begun(name, path, isChange, isHandle ? given : given.slice(1));
    const result = await underway(() => real.apply(this, given));
    ended?.(result);
    if (name === "open" && path !== undefined) {
      const handle = result as FileHandle;
      handles.set(handle, path);
      descriptors.set(handle.fd, path);
    }
    return result;
  };
}

function halved(given: readonly unknown[], at: number): unknown[] {
  const bytes = given[at];
  const half =
    typeof bytes === "string"
      ? bytes.slice(0, bytes.length / 2)
      : bytes instanceof Uint8Array
        ? bytes.subarray(0, bytes.length / 2)
        : bytes;
  return given.map((it, index) => (index === at ? half : it));
}

function wrapNow(methods: Methods, name: string): void {
  const real = methods[name];
  if (!real) throw new Error(`no ${name}`);
  methods[name] = function (this: unknown, ...given: unknown[]) {
    const path = pathOf(given[0], undefined);
    const isChange = CHANGING.has(name) || (name === "openSync" && opensToChange(given[1]));
    const verdict = verdictOn(name, path, isChange);
    if (verdict instanceof Error) throw verdict;
    if (verdict === "half" && /^write/.test(name)) real.apply(this, halved(given, 1));
    if (verdict !== "go") throw new Error("this process is no more");
    const ended = begun(name, path, isChange, given.slice(1));
    const result = real.apply(this, given);
    ended?.(result);
    if (name === "openSync" && typeof result === "number" && path !== undefined)
      descriptors.set(result, path);
    return result;
  };
}

/** Functions with a callback at their end. */
function wrapCallback(methods: Methods, name: string): void {
  const real = methods[name];
  if (!real) throw new Error(`no ${name}`);
  methods[name] = function (this: unknown, ...given: unknown[]) {
    const path = pathOf(given[0], undefined);
    const verdict = verdictOn(name, path, true);
    const done = given.at(-1) as (error: Error) => void;
    if (verdict instanceof Error) return void setImmediate(done, verdict);
    if (verdict === "hang" || verdict === "half") return undefined;
    const ended = begun(name, path, true, given.slice(1));
    const told = (error: Error | null, ...rest: unknown[]) => {
      if (!error) ended?.(undefined);
      (done as (...all: unknown[]) => void)(error, ...rest);
    };
    return real.apply(this, [...given.slice(0, -1), told]);
  };
}

async function install(): Promise<void> {
  const fs = process.getBuiltinModule("node:fs") as unknown as Methods & { readonly promises: Methods };
  const handle = await process.getBuiltinModule("node:fs").promises.open(process.execPath, "r");
  const prototype = Object.getPrototypeOf(handle) as Methods;
  await handle.close();
  for (const name of ["write", "writeFile", "truncate", "sync", "datasync", "read", "readFile", "stat"])
    wrapLater(prototype, name, true);
  const later = "open writeFile rename link unlink rm rmdir mkdir chmod utimes cp".split(" ");
  const reads = READING.filter((it) => !it.endsWith("Sync") && it !== "read");
  for (const name of [...later, ...reads]) wrapLater(fs.promises, name, false);
  const now =
    "openSync writeSync writeFileSync mkdirSync rmSync renameSync unlinkSync utimesSync fstatSync readSync statSync readFileSync readlinkSync accessSync";
  for (const name of now.split(" ")) wrapNow(fs, name);
  for (const name of ["fsync", "fdatasync", "writeFile"]) wrapCallback(fs, name);
  syncBuiltinESMExports();
}

await install();
