import { execFileSync } from "node:child_process";
import { mkdir, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Swept } from "../../src/journal/sweep.ts";
import { nodeBlobs } from "../../src/node/blobs.ts";
import { findProgram } from "../../src/node/find-program.ts";
import { findRipgrep } from "../../src/node/find-ripgrep.ts";
import { nodeSweeps, type SweepTools } from "../../src/node/sweep/sweeps.ts";
import type { Blobs } from "../../src/world.ts";
import { never, temporaryFolder } from "../contract/temporary-folder.ts";

/** A folder with real files, real git and a real sweep. */
export interface SweepStage {
  readonly folder: string;
  readonly blobs: Blobs;
  readonly write: (files: Readonly<Record<string, string | Uint8Array>>) => Promise<void>;
  /** Resolves when all files are older than the grain of a file system's clock. */
  readonly aged: () => Promise<void>;
  /** Runs a script by sh in the folder. */
  readonly run: (script: string) => string;
  /** Makes the folder a repository and commits all that is in it. */
  readonly commit: () => void;
  readonly sweeps: (more?: Partial<SweepTools>) => ReturnType<typeof nodeSweeps>;
  /** What `command` changed below `roots`. */
  readonly swept: (command: string | (() => Promise<void>), roots?: readonly string[]) => Promise<Swept>;
  readonly remove: () => Promise<void>;
}

const GRAIN_MS = 60;
const WHO = "git -c user.name=me -c user.email=me@example.org -c commit.gpgSign=false";

export async function sweepStage(): Promise<SweepStage> {
  const { folder: home, remove } = await temporaryFolder();
  const folder = join(home, "work");
  await mkdir(folder);
  const blobs = nodeBlobs(join(home, "blobs"));
  const run = (script: string) =>
    execFileSync("/bin/sh", ["-c", `alias git='${WHO}'\n${script}`], {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
    });
  const sweeps = (more: Partial<SweepTools> = {}) =>
    nodeSweeps({
      git: () => findProgram(["git"], process.env["PATH"] ?? ""),
      ripgrep: findRipgrep({ here: import.meta.dirname, path: "", workspace: [] }),
      env: process.env,
      own: join(home, "state"),
      now: Date.now,
      ...more,
    });
  const one = sweeps();
  return {
    folder,
    blobs,
    run,
    remove,
    sweeps,
    commit: () => void run("git init -q . && git add -A && git commit -q --allow-empty -m first"),
    async write(files) {
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
        // Long enough ago that its time tells it from what is written next.
        await utimes(join(folder, path), 1_700_000_000, 1_700_000_000);
      }
    },
    async aged() {
      const from = Date.now();
      while (Date.now() < from + GRAIN_MS) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    async swept(command, roots = [folder]) {
      const sweep = await one.begin(roots, blobs, never());
      if (typeof command === "string") run(command);
      else await command();
      return sweep.end(undefined, never());
    },
  };
}

/** What a sweep found, readable: `path: before -> after`, `-` for no file, and `path lost`. */
export async function told(
  { files, lost }: Swept,
  { folder, blobs }: SweepStage,
): Promise<readonly string[]> {
  const text = async (hash: string | undefined) => {
    if (hash === undefined) return "-";
    const bytes = await blobs.get(hash);
    return bytes ? new TextDecoder().decode(bytes) : "missing";
  };
  const short = (path: string) => path.slice(folder.length + 1);
  const kept = files.map(
    async (it) => `${short(it.path)}: ${await text(it.before)} -> ${await text(it.after)}`,
  );
  return [...(await Promise.all(kept)), ...lost.map((it) => `${short(it.path)} lost`)].toSorted();
}
