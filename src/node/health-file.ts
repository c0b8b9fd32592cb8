import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { countOf, recordOf, textOf } from "../model/record.ts";
import type { HealthState } from "../model/routing/health.ts";
import { HEALTHY } from "../model/routing/health.ts";
import { writeAtomically } from "./write-atomically.ts";

/** What is known of keys from one run to the next. Losing it loses nothing: it is found out again. */
export interface HealthFile {
  readonly of: (instance: string) => HealthState | undefined;
  /** Whether the key of an instance is still the one its state is about. */
  readonly isOf: (instance: string, key: string) => boolean;
  readonly put: (instance: string, health: HealthState, key: string) => void;
  /** Writes what has not been written yet. */
  readonly close: () => Promise<void>;
}

interface Kept {
  readonly health: HealthState;
  /** A part of the key's hash: enough to see that it is another. */
  readonly print: string;
}

const WRITE_AFTER_MS = 500;

/** The states kept at `path`; a file that cannot be read is as none. */
export function openHealthFile(path: string): HealthFile {
  const kept = readKept(path);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();
  const write = () => {
    timer = undefined;
    const text = JSON.stringify({ version: 1, instances: Object.fromEntries(kept) });
    // What cannot be written is found out again by the next run.
    writing = writing.then(() => writeAtomically(path, Buffer.from(text))).catch(() => undefined);
  };
  return {
    of: (instance) => kept.get(instance)?.health,
    isOf: (instance, key) => kept.get(instance)?.print === printOf(key),
    put(instance, health, key) {
      kept.set(instance, { health, print: printOf(key) });
      timer ??= setTimeout(write, WRITE_AFTER_MS);
      timer.unref();
    },
    async close() {
      if (timer !== undefined) {
        clearTimeout(timer);
        write();
      }
      await writing;
    },
  };
}

function printOf(key: string): string {
  return createHash("sha256").update(`wheelhouse ${key}`).digest("hex").slice(0, 16);
}

function readKept(path: string): Map<string, Kept> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return new Map();
  }
  return new Map(
    Object.entries(recordOf(recordOf(parsed).instances)).map(([id, value]) => {
      const it = recordOf(value);
      return [id, { health: healthOf(recordOf(it.health)), print: textOf(it.print) ?? "" }];
    }),
  );
}

function healthOf(it: Readonly<Record<string, unknown>>): HealthState {
  const without = Object.entries(recordOf(it.without)).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  return {
    state: it.state === "cooling" || it.state === "disabled" ? it.state : "healthy",
    until: countOf(it.until) ?? HEALTHY.until,
    reason: textOf(it.reason) ?? "",
    failures: countOf(it.failures) ?? 0,
    failureRate: Math.min(1, countOf(it.failureRate) ?? 0),
    latencyMs: countOf(it.latencyMs) ?? 0,
    without: Object.fromEntries(without),
  };
}
