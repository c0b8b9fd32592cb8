import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepImages } from "../src/journal/images.ts";
import { nodeFiles } from "../src/node/files.ts";
import { sessionBlobs } from "../src/node/session-blobs.ts";
import { UTF8 } from "../src/text/encoding.ts";
import type { FileChange } from "../src/world.ts";
import { type Figure, median } from "./measure.ts";

const TIMES = 15;
const FILES = 100_000;
const PER_FOLDER = 1_000;
const EDITED = 10;
/** UTF-16 units of each edited file. */
const SIZE = 4_000;

/** What it costs to keep what ten files were before an edit, in a large workspace, beside the edit itself. */
export async function checkpointFigures(): Promise<readonly Figure[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "wheelhouse-bench-")));
  try {
    const project = largeProject(folder);
    const pairs: { readonly without: number; readonly kept: number }[] = [];
    for (let at = 0; at <= TIMES; at++) {
      const without = await edited(project, at * 2, undefined);
      const kept = await edited(project, at * 2 + 1, join(folder, "home"));
      if (at > 0) pairs.push({ without, kept });
    }
    return [
      {
        what: "an edit of 10 files among 100,000, times the same without a journal",
        measured: median(pairs.map((it) => it.kept / it.without)),
        limit: 1.5,
        kind: "at most",
        unit: "x",
      },
      {
        what: "time a checkpoint of 10 files among 100,000 adds",
        measured: median(pairs.map((it) => it.kept - it.without)),
        limit: 20,
        kind: "at most",
        unit: "ms",
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function largeProject(folder: string): string {
  const project = join(folder, "project");
  for (let at = 0; at < FILES / PER_FOLDER; at++) mkdirSync(join(project, String(at)), { recursive: true });
  // Made by one command: from here, a call for each file would take minutes.
  const script = `i=0; while [ $i -lt ${FILES / PER_FOLDER} ]; do (cd $i && seq 1 ${PER_FOLDER} | xargs touch); i=$((i+1)); done`;
  execFileSync("sh", ["-c", script], { cwd: project });
  for (const path of editedPaths(project)) writeFileSync(path, textOf(-1, path));
  return project;
}

function editedPaths(project: string): readonly string[] {
  return Array.from({ length: EDITED }, (_, at) => join(project, String(at), "1"));
}

function textOf(round: number, path: string): string {
  return `${round} ${path}\n`.repeat(SIZE / 40);
}

/** Milliseconds; with a journal in `home`, where there is one. */
async function edited(project: string, round: number, home: string | undefined): Promise<number> {
  const { signal } = new AbortController();
  const changes = editedPaths(project).map((path): FileChange => {
    return { path, before: textOf(round - 1, path), after: textOf(round, path), form: UTF8 };
  });
  const from = performance.now();
  if (home !== undefined) await keepImages(changes, sessionBlobs(home, "bench"));
  const { kind } = await nodeFiles().write(changes, signal);
  if (kind !== "written") throw new Error(`the edit was not made: ${kind}`);
  return performance.now() - from;
}
