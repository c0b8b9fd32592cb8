import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Target } from "./connection.ts";

/** What the load is asked for. */
export type Asked =
  | {
      readonly kind: "small";
      readonly target: Target;
      readonly connections: number;
      readonly ms: number;
      /** 0: as many as fit into `ms`. */
      readonly requests: number;
    }
  | { readonly kind: "first"; readonly targets: readonly Target[]; readonly rounds: number }
  | {
      readonly kind: "held";
      readonly target: Target;
      readonly streams: number;
      readonly count: number;
      readonly every: number;
    }
  | {
      readonly kind: "leave";
      readonly target: Target;
      /** Where the vendor tells when it was left. */
      readonly vendor: number;
      readonly streams: number;
    };

/** What came of small answers; times in milliseconds. */
export interface Small {
  readonly requests: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** What became of held streams; the delays of their pieces from the vendor to the client in milliseconds. */
export interface Held {
  readonly cut: number;
  /** Pieces of another stream; pieces out of their order. */
  readonly mixed: number;
  readonly lost: number;
  /** Most that were open at one time. */
  readonly most: number;
  readonly p50: number;
  readonly p99: number;
}

const LOAD = fileURLToPath(new URL("./load.ts", import.meta.url));

/** Has the load do its work in a process of its own, and answers what it printed. */
export async function load<T>(asked: Asked): Promise<T> {
  const child = spawn(process.execPath, [LOAD, JSON.stringify(asked)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (bytes: Buffer) => {
    printed += bytes.toString("utf8");
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`the load ended with ${code}`);
  return JSON.parse(printed) as T;
}

/** The value below which this part of the values lies; `NaN` of none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
