import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** One figure as the table shows it: a measured value beside the one it may at most (or must at least) have. */
export interface Figure {
  readonly what: string;
  readonly measured: number;
  readonly limit: number;
  readonly kind: "at most" | "at least";
  readonly unit: string;
}

export interface Run {
  /** Milliseconds. */
  readonly wall: number;
  /** Mebibytes, of the process itself. */
  readonly peak: number;
  readonly code: number | null;
}

const PEAK_HOOK = fileURLToPath(new URL("./peak.cjs", import.meta.url));

/** Runs a Node program to its end and measures it from outside; its own peak memory it writes to a file as it leaves. */
export async function runNode(
  given: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly withPeak?: boolean } = {},
): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-bench-"));
  const peakFile = join(folder, "peak");
  const hook = options.withPeak ? ["--require", PEAK_HOOK] : [];
  const from = performance.now();
  const child = spawn(process.execPath, [...hook, ...given], {
    cwd: options.cwd,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, ...options.env, WHEELHOUSE_BENCH_PEAK: peakFile },
  });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  const wall = performance.now() - from;
  const peak = options.withPeak ? Number(readFileSync(peakFile, "utf8")) / 1024 : 0;
  rmSync(folder, { recursive: true });
  return { wall, peak, code };
}

/** Runs both in turn, `times` times after one warm-up each, and answers the medians of the ratios a/b, pair by pair. */
export async function ratios(
  a: () => Promise<Run>,
  b: () => Promise<Run>,
  times: number,
): Promise<{ readonly wall: number; readonly peak: number }> {
  await a();
  await b();
  const pairs: { a: Run; b: Run }[] = [];
  for (let at = 0; at < times; at++) pairs.push({ a: await a(), b: await b() });
  const failed = pairs.find((it) => it.a.code !== 0 || it.b.code !== 0);
  if (failed) throw new Error(`a measured program failed: exit codes ${failed.a.code} and ${failed.b.code}`);
  return {
    wall: median(pairs.map((it) => it.a.wall / it.b.wall)),
    peak: median(pairs.map((it) => it.a.peak / it.b.peak)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
