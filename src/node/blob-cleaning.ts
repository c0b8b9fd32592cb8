import { readdir, rename, stat, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { atOnce } from "../std/at-once.ts";
import type { Caps } from "./blob-caps.ts";
import { type References, referencesOf } from "./blob-references.ts";
import { blobPath, isHash } from "./blobs.ts";
import { takeLock } from "./lock.ts";
import { reached } from "./reached.ts";
import { storeOf } from "./session-blobs.ts";
import { isSessionId } from "./session-index.ts";
import { sweepTemporary } from "./write-atomically.ts";

/** Files and bytes on disk. */
export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

/** What was freed and what is left; `undefined`: another process cleans. */
export type Cleaned = { readonly freed: Amount; readonly left: Amount } | undefined;

const DAY_MS = 24 * 60 * 60 * 1000;
/** For so long a session may take to name what it has put again, in milliseconds: what is over the caps waits for no longer. */
const AGAIN_MS = 60 * 60 * 1000;
const AT_ONCE = 8;

/** What the blobs of all sessions take. */
export async function blobAmount(home: string): Promise<Amount> {
  return amountOf((await filesIn(storeOf(home))).values());
}

/**
 * Frees what no session names any more, and what is over the caps: the oldest sessions' first, and never what an open
 * session or an open change needs. What is put meanwhile, by any process, stays. Rejects, having freed nothing, when the
 * store, the sessions or a log cannot be read.
 */
export async function cleanBlobs(home: string, caps: Caps, now: number): Promise<Cleaned> {
  const store = storeOf(home);
  // A person without blobs has nothing to be cleaned.
  if (!(await reached(store))) return { freed: NOTHING, left: NOTHING };
  const lock = await takeLock(join(store, "cleaning"));
  if (lock.kind === "failed") throw new Error(`Cannot clean "${store}": ${lock.reason}`);
  if (lock.kind === "held") return undefined;
  try {
    await settle(store);
    const files = await filesIn(store);
    const sessions = await allReferences(home);
    const kept = keptOf(sessions, files, caps, now);
    const named = new Set(sessions.flatMap((it) => [...it.all]));
    const isAnyOpen = sessions.some((it) => it.isOpen);
    // A session at work puts first and names then, also what another one has named already.
    const isYoung = (hash: string, at: number) =>
      isAnyOpen && now - at < (named.has(hash) ? AGAIN_MS : DAY_MS);
    const gone = [...files].filter(([hash, it]) => !kept.has(hash) && !isYoung(hash, it.at));
    const freed = await atOnce(gone, AT_ONCE, async ([hash, file]) =>
      (await isFreed(blobPath(store, hash), file.at)) ? [file] : [],
    );
    await writeFile(join(store, CLEANED), "");
    const amount = amountOf(freed.flat());
    const before = amountOf(files.values());
    return {
      freed: amount,
      left: { files: before.files - amount.files, bytes: before.bytes - amount.bytes },
    };
  } finally {
    await lock.free();
  }
}

/** Cleans when that was not done for a day. Never rejects: what is not cleaned now is cleaned another time. */
export async function cleanWhenDue(home: string, caps: Caps, now: number): Promise<void> {
  const last = await stat(join(storeOf(home), CLEANED)).catch(() => undefined);
  if (last && now - last.mtimeMs < DAY_MS) return;
  await cleanBlobs(home, caps, now).catch(() => undefined);
}

/** Says by its time when the store was last cleaned. */
const CLEANED = "cleaned";
const NOTHING: Amount = { files: 0, bytes: 0 };

interface BlobFile {
  readonly bytes: number;
  readonly at: number;
}

type BlobFiles = ReadonlyMap<string, BlobFile>;

/** Ends what a process that died here had begun. */
async function settle(store: string): Promise<void> {
  await sweepTemporary(store);
  const leaving = (await readdir(store)).filter((it) => it.endsWith(LEAVING));
  await atOnce(leaving, AT_ONCE, (it) => putBack(join(store, it)));
}

/** By hash; one on its way out still counts. */
async function filesIn(store: string): Promise<BlobFiles> {
  const files = new Map<string, BlobFile>();
  const names = (await reached(store)) ? await readdir(store) : [];
  await atOnce(names, AT_ONCE, async (name) => {
    const hash = name.replace(LEAVING, "");
    const found = isHash(hash) ? await stat(join(store, name)).catch(() => undefined) : undefined;
    if (found) files.set(hash, { bytes: found.size, at: found.mtimeMs });
  });
  return files;
}

async function allReferences(home: string): Promise<readonly References[]> {
  const sessions = join(home, "sessions");
  const ids = (await reached(sessions)) ? (await readdir(sessions)).filter(isSessionId) : [];
  const found: (References | undefined)[] = [];
  for (const id of ids) found.push(await referencesOf(home, id));
  return found.filter((it) => it !== undefined);
}

function keptOf(
  sessions: readonly References[],
  files: BlobFiles,
  { maxBytes, maxAgeMs }: Caps,
  now: number,
): ReadonlySet<string> {
  const kept = new Set(sessions.flatMap(({ isOpen, all, needed }) => [...(isOpen ? all : needed)]));
  const size = (hashes: Iterable<string>) =>
    [...hashes].reduce((sum, it) => sum + (files.get(it)?.bytes ?? 0), 0);
  let total = size(kept);
  for (const { all, at } of sessions.toSorted((a, b) => b.at - a.at)) {
    const more = [...all].filter((it) => !kept.has(it));
    // The newest come first: what is older than one that goes, goes too.
    if (now - at > maxAgeMs || total + size(more) > maxBytes) break;
    total += size(more);
    for (const it of more) kept.add(it);
  }
  return kept;
}

/** A blob on its way out bears this behind its name. */
const LEAVING = ".leaving";

/** Takes the name away first: who wants the blob now either finds none and writes it, or has marked it before, and it stays. */
async function isFreed(path: string, at: number): Promise<boolean> {
  const leaving = path + LEAVING;
  try {
    await rename(path, leaving);
    if ((await stat(leaving)).mtimeMs !== at) {
      await putBack(leaving);
      return false;
    }
    await unlink(leaving);
    return true;
  } catch {
    return false;
  }
}

/** One that somebody has written anew meanwhile is the same. */
async function putBack(leaving: string): Promise<void> {
  await rename(leaving, leaving.slice(0, -LEAVING.length)).catch(() => undefined);
}

function amountOf(files: Iterable<BlobFile>): Amount {
  const all = [...files];
  return { files: all.length, bytes: all.reduce((sum, it) => sum + it.bytes, 0) };
}
