import { createHash } from "node:crypto";
import type { World } from "../../src/agent/wiring.ts";
import { refused } from "../../src/refactor/plan.ts";
import { locks } from "../../src/std/locks.ts";
import { UTF8 } from "../../src/text/encoding.ts";
import type { Blobs, Clock, CommandEnd, CommandRun, FileChange, Files, Written } from "../../src/world.ts";

/** A clock that never waits: `sleep` moves its time on, but those of `heldMs` or more last until `release`. */
export interface TestClock extends Clock {
  readonly sleeps: readonly number[];
  readonly release: () => void;
}

/** A clock without waiting; without `heldMs` no sleep is held. */
export function testClock(heldMs = Number.POSITIVE_INFINITY): TestClock {
  const sleeps: number[] = [];
  const held = new Set<() => void>();
  let time = 1_700_000_000_000;
  let ids = 0;
  return {
    sleeps,
    now: () => ++time,
    id: () => `id${String(++ids).padStart(10, "0")}`,
    async sleep(ms, signal) {
      sleeps.push(ms);
      await new Promise<void>((resolve, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        if (ms >= heldMs) held.add(resolve);
        else setImmediate(resolve);
      });
      time += ms;
    },
    release: () => {
      for (const resolve of held) resolve();
      held.clear();
    },
  };
}

/** Files in memory. What is in `broken` cannot be written; `onWrite` is called before each file of a change. */
export interface TestFiles extends Files {
  readonly texts: Map<string, string>;
  readonly broken: Set<string>;
  onWrite: (path: string) => void;
}

export function testFiles(texts: Readonly<Record<string, string>> = {}): TestFiles {
  const held = new Map(Object.entries(texts));
  const broken = new Set<string>();
  const files: TestFiles = {
    texts: held,
    broken,
    onWrite: () => undefined,
    async read(path) {
      const text = held.get(path);
      if (text !== undefined) return { kind: "text", text, form: UTF8, hash: hashOf(text), unsaved: false };
      return [...held.keys()].some((it) => it.startsWith(`${path}/`))
        ? { kind: "folder" }
        : { kind: "absent" };
    },
    bytes: async (path) => (held.has(path) ? new TextEncoder().encode(held.get(path)) : undefined),
    write: async (changes) => written(changes, files),
    async entry(path) {
      const text = held.get(path);
      return text === undefined ? undefined : { path, kind: "file", size: text.length, modified: 0 };
    },
    list: async () => [],
    sweep: async () => undefined,
    resolve: async (path) => path,
  };
  return files;
}

function written(changes: readonly FileChange[], { texts, broken, onWrite }: TestFiles): Written {
  const stale = changes.find((it) => texts.get(it.path) !== it.before);
  if (stale) return { kind: "stale", path: stale.path };
  const bad = changes.find((it) => broken.has(it.path));
  if (bad) return { kind: "failed", path: bad.path, reason: "the disk is full" };
  for (const { path, after } of changes) {
    onWrite(path);
    if (after === undefined) texts.delete(path);
    else texts.set(path, after);
  }
  return { kind: "written", formatted: [] };
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Blobs in memory. */
export function testBlobs(): Blobs & { readonly held: Map<string, Uint8Array> } {
  const held = new Map<string, Uint8Array>();
  return {
    held,
    async put(bytes) {
      const hash = createHash("sha256").update(bytes).digest("hex");
      held.set(hash, bytes);
      return hash;
    },
    get: async (hash) => held.get(hash),
    keep: async (name) => `/results/${name}`,
  };
}

/** What a command of the test shell does; `undefined`: it prints its own name and ends well. */
export type Commands = (run: CommandRun, signal: AbortSignal) => Promise<Partial<CommandEnd>> | undefined;

/** A command that runs until it is stopped. */
export function endless(signal: AbortSignal): Promise<Partial<CommandEnd>> {
  return new Promise((resolve) => {
    const stopped = { ended: "stopped", exitCode: undefined, output: "so far" } as const;
    if (signal.aborted) resolve(stopped);
    signal.addEventListener("abort", () => resolve(stopped), { once: true });
  });
}

export interface TestWorld extends World {
  readonly files: TestFiles;
  readonly clock: TestClock;
  /** Command lines that were started, in order. */
  readonly ran: readonly string[];
}

/** A world in memory, with the project in /p. */
export function testWorld(
  texts: Readonly<Record<string, string>> = {},
  { commands = () => undefined, clock = testClock() }: { commands?: Commands; clock?: TestClock } = {},
): TestWorld {
  const ran: string[] = [];
  return {
    files: testFiles(texts),
    clock,
    ran,
    shell: {
      name: "bash",
      sandbox: async () => ({ level: "none", why: "Commands of tests run nowhere." }),
      async run(run, signal) {
        ran.push(run.command);
        const end = await (commands(run, signal) ?? Promise.resolve({ output: `${run.command}\n` }));
        return { output: "", exitCode: 0, ended: "exit", folder: undefined, ...end };
      },
    },
    search: {
      text: async () => ({ kind: "lines", lines: [], cut: false }),
      files: async () => [],
      named: async () => [],
    },
    problems: { available: false, of: async () => [] },
    outliner: { outline: async () => ({ kind: "unsupported" }) },
    refactorer: {
      offers: async () => ({ kind: "offers", offers: [] }),
      plan: async () => refused("unknown", "Nothing is refactored here."),
      places: async () => refused("unknown", "Nothing is looked for here."),
    },
    types: {
      knows: () => false,
      rename: async () => refused("unknown", "Nobody knows types here."),
      types: async () => [],
    },
    index: {
      symbols: async () => ({ kind: "failed", reason: "this world has no index" }),
      map: async () => ({ kind: "failed", reason: "this world has no index" }),
    },
    // Nothing is understood here, so every command asks.
    shellParser: {
      warm: () => undefined,
      parse: async () => ({ kind: "failed", reason: "this world has no parser" }),
    },
    locks: locks(),
    platform: "linux",
    home: "/home/me",
  };
}
