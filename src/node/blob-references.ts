import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readLog } from "../agent/log.ts";
import { memoryOf } from "../agent/memory.ts";
import type { Blobs } from "../world.ts";
import { isHash } from "./blobs.ts";
import { holderOf } from "./lock.ts";
import { reached } from "./reached.ts";
import { sessionBlobs } from "./session-blobs.ts";
import { writeAtomically } from "./write-atomically.ts";

/** Which blobs a session's log names. */
export interface References {
  /** What an open change, a call without an answer or a rewind that has not ended cannot do without. */
  readonly needed: ReadonlySet<string>;
  /** All of them, the needed ones included. */
  readonly all: ReadonlySet<string>;
  /** When the log was last written, in milliseconds since 1970. */
  readonly at: number;
  /** Whether a process has the session open. */
  readonly isOpen: boolean;
}

/**
 * The references of a session below `home`, the person's state folder; `undefined` when there is no log. Rejects when
 * the log cannot be read: then nobody can say what it needs. What was found is kept beside the log, as long as that does
 * not change.
 */
export async function referencesOf(home: string, id: string): Promise<References | undefined> {
  const folder = join(home, "sessions", id);
  const log = join(folder, "events.log");
  const found = (await reached(folder)) && (await reached(log));
  if (!found) return undefined;
  if (!found.isFile()) throw new Error(`Cannot read "${log}": it is no file`);
  const isOpen = (await holderOf(join(folder, "lock"))) !== undefined;
  const stamp = `1 ${found.size} ${found.mtimeMs}`;
  const at = found.mtimeMs;
  const known = await knownReferences(folder, stamp);
  if (known) return { ...known, at, isOpen };
  const read = await readReferences(await readFile(log), sessionBlobs(home, id));
  if (!isOpen) await remember(folder, stamp, read).catch(() => undefined);
  return { ...read, at, isOpen };
}

type Named = Pick<References, "needed" | "all">;

const NAMES = "references";

async function readReferences(bytes: Buffer, blobs: Blobs): Promise<Named> {
  // Also in events that only a newer version understands; what was noted before a command counts only while that runs.
  const text = bytes.toString("latin1").replace(/"noted":"[0-9a-f]{64}"/g, "");
  const all = new Set(text.match(/(?<=")[0-9a-f]{64}(?=")/g) ?? []);
  const hasNoted = text.length < bytes.length;
  if (all.size === 0 && !hasNoted) return { needed: all, all };
  const { state, open, rewinding, undoing } = memoryOf(readLog(bytes).events);
  const isUnderWay = open.size > 0 || rewinding !== undefined || undoing !== undefined;
  const notes = await Promise.all([...open.values()].map(({ noted }) => namedIn(noted, blobs)));
  const images = state.changed.flatMap((it) => it.steps.flatMap(({ before, after }) => [before, after]));
  const held = [...images.filter((it) => it !== undefined), ...notes.flat()];
  for (const it of held) all.add(it);
  return { needed: new Set([...held, ...(isUnderWay ? all : [])]), all };
}

/** A blob that names others, and these. */
async function namedIn(noted: string | undefined, blobs: Blobs): Promise<readonly string[]> {
  if (noted === undefined) return [];
  const bytes = await blobs.get(noted);
  return [noted, ...(new TextDecoder().decode(bytes).match(/(?<=")[0-9a-f]{64}(?=")/g) ?? [])];
}

/** The first line is the stamp; an exclamation mark stands before what is needed. */
async function knownReferences(folder: string, stamp: string): Promise<Named | undefined> {
  const text = await readFile(join(folder, NAMES), "latin1").catch(() => "");
  const [first, ...lines] = text.split("\n");
  const names = lines.map((it) => it.replace("!", ""));
  if (first !== stamp || !names.every(isHash)) return undefined;
  const needed = names.filter((_, at) => lines[at]?.startsWith("!"));
  return { needed: new Set(needed), all: new Set(names) };
}

async function remember(folder: string, stamp: string, { needed, all }: Named): Promise<void> {
  const lines = [...all].map((it) => (needed.has(it) ? `!${it}` : it));
  await writeAtomically(join(folder, NAMES), new TextEncoder().encode([stamp, ...lines].join("\n")));
}
