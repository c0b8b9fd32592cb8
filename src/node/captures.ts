import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { CaptureLine } from "./capture.ts";

/** A captured exchange that is kept. */
export interface Captured {
  readonly id: string;
  readonly provider: string;
  /** As in 2026-11-29. */
  readonly day: string;
  readonly path: string;
  readonly bytes: number;
  readonly timeMs: number;
}

/** Bytes and days that captures may take; the oldest go first. */
const MOST_BYTES = 500_000_000;
const MOST_DAYS = 14;
const DAY_MS = 86_400_000;

/** Where captures lie. */
export function capturesFolder(home: string): string {
  return join(home, "captures");
}

/** All captures, the newest first. */
export async function listCaptures(home: string): Promise<readonly Captured[]> {
  const found: Captured[] = [];
  const root = capturesFolder(home);
  for (const provider of await namesIn(root)) {
    for (const day of await namesIn(join(root, provider))) {
      for (const name of await namesIn(join(root, provider, day))) {
        const path = join(root, provider, day, name);
        const at = name.endsWith(".jsonl") ? await stat(path).catch(() => undefined) : undefined;
        if (at)
          found.push({ id: name.slice(0, -6), provider, day, path, bytes: at.size, timeMs: at.mtimeMs });
      }
    }
  }
  return found.sort((a, b) => b.timeMs - a.timeMs);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

/** The lines of a capture; a last one that is not whole is left out. */
export async function readCapture({ path }: Captured): Promise<readonly CaptureLine[]> {
  const lines = (await readFile(path, "utf8")).split("\n");
  return lines.flatMap((it) => {
    try {
      return it === "" ? [] : [JSON.parse(it) as CaptureLine];
    } catch {
      // The process ended in it.
      return [];
    }
  });
}

/** Removes what is older, or together larger, than captures may be. */
export async function cleanCaptures(home: string, now: number): Promise<void> {
  let bytes = 0;
  for (const it of await listCaptures(home)) {
    bytes += it.bytes;
    if (bytes > MOST_BYTES || now - it.timeMs > MOST_DAYS * DAY_MS) await rm(it.path, { force: true });
  }
}
