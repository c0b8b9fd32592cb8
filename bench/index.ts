import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../scripts/paths.ts";
import { step } from "../scripts/steps.ts";
import { type Figure, median } from "./measure.ts";

const LINES = 1_000_000;
const ROUNDS = 3;
const ONCE = fileURLToPath(new URL("./index-once.ts", import.meta.url));

interface Once {
  readonly first: number;
  readonly again: number;
  readonly update: number;
  readonly mapped: number;
  readonly longestBlock: number;
  readonly peak: number;
  readonly symbols: number;
}

/** The index of a million lines beside Universal Ctags, in one run; without ctags only what needs no comparison. */
export async function indexFigures(): Promise<readonly Figure[]> {
  step(process.execPath, ["esbuild.js", "--production"], { stdio: ["ignore", "ignore", "inherit"] });
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-index-"));
  try {
    const list = join(folder, "list");
    writeFileSync(list, sourcesBelow(join(root, "node_modules")).join("\n"));
    const rounds = Array.from({ length: ROUNDS }, (_, at) => {
      const once = run(list, join(folder, `store-${at}`));
      return { once, ctags: ctags(list, join(folder, "tags")) };
    });
    const of = (what: (it: Once) => number) => median(rounds.map((it) => what(it.once)));
    console.log(
      `     ${of((it) => it.symbols)} declarations in ${(of((it) => it.first) / 1000).toFixed(1)} s; asked again ${of((it) => it.again).toFixed(0)} ms, mapped in ${of((it) => it.mapped).toFixed(0)} ms`,
    );
    const ratios = rounds.flatMap(({ once, ctags }) => (ctags === undefined ? [] : [once.first / ctags]));
    const figure = (what: string, measured: number, limit: number, unit: string): Figure => ({
      what: `index of a million lines: ${what}`,
      measured,
      limit,
      kind: "at most",
      unit,
    });
    return [
      ...(ratios.length === 0 ? [] : [figure("made, times ctags", median(ratios), 1.5, "x")]),
      figure(
        "memory at most",
        of((it) => it.peak),
        300,
        "MB",
      ),
      figure(
        "after a file was saved",
        of((it) => it.update),
        50,
        "ms",
      ),
      figure(
        "longest block of the host",
        of((it) => it.longestBlock),
        20,
        "ms",
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(list: string, store: string): Once {
  const { stdout, status, stderr } = spawnSync(process.execPath, ["--no-warnings", ONCE, list, store], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the index was not made: ${stderr}`);
  return JSON.parse(stdout);
}

/** Milliseconds; `undefined`: it is not there. */
function ctags(list: string, tags: string): number | undefined {
  const began = performance.now();
  const { status } = spawnSync("ctags", ["-f", tags, "-L", list], { stdio: "ignore" });
  return status === 0 ? performance.now() - began : undefined;
}

/** Sources that people wrote, about a million lines of them. */
function sourcesBelow(folder: string): readonly string[] {
  const found: string[] = [];
  let lines = 0;
  const walk = (at: string) => {
    for (const it of readdirSync(at, { withFileTypes: true })) {
      if (lines > LINES) return;
      const path = join(at, it.name);
      if (it.isDirectory()) walk(path);
      else if (it.isFile() && /\.([mc]?[jt]s|py)$/.test(it.name) && statSync(path).size < 1_000_000) {
        const text = readFileSync(path, "utf8");
        const own = text.split("\n").length;
        if (text.length / own > 120) continue;
        lines += own;
        found.push(path);
      }
    }
  };
  walk(folder);
  return found;
}
