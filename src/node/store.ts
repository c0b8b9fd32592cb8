import { cp, mkdir, open, rm, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import type { EventBody, SessionEvent } from "../agent/events.ts";
import { LOG_FORMAT, readLog, type SessionLog } from "../agent/log.ts";
import { cutOff } from "../agent/recover.ts";
import type { SessionSummary } from "../agent/screen.ts";
import type { Blobs, Clock } from "../world.ts";
import { NO_CAPS } from "./blob-caps.ts";
import { cleanBlobs } from "./blob-cleaning.ts";
import { holderOf, takeLock } from "./lock.ts";
import { openLogFile, readLogFile } from "./log-file.ts";
import { sessionBlobs } from "./session-blobs.ts";
import { isSessionId, openIndex } from "./session-index.ts";
import { isAbsence, reasonOf } from "./system-error.ts";
import { syncFolder, syncMade, syncTree } from "./write-atomically.ts";

/** A session's files, taken up for writing or only for reading. */
export type Opened =
  | {
      readonly kind: "open";
      readonly log: SessionLog;
      /** What it has kept and will keep. */
      readonly blobs: Blobs;
      readonly events: readonly SessionEvent[];
      readonly folder: string;
      readonly warnings: readonly string[];
    }
  /** Somebody else writes, or nothing can be written, or a newer version wrote it: `reason` says so. */
  | {
      readonly kind: "read-only";
      readonly events: readonly SessionEvent[];
      readonly folder: string;
      readonly reason: string;
    }
  | { readonly kind: "absent" };

/** All sessions of a person: one folder each below `home`/sessions, with the log as the truth and an index that is made from it. */
export interface Store {
  /** A new session; `opened` is its first event. */
  readonly create: (
    opened: Omit<Extract<EventBody, { type: "opened" }>, "type" | "format" | "id">,
  ) => Promise<Extract<Opened, { kind: "open" }>>;
  readonly open: (id: string) => Promise<Opened>;
  readonly read: (id: string) => Promise<readonly SessionEvent[] | undefined>;
  /** The folder a session works in; `undefined` when there is no such session or its log does not say. */
  readonly folderOf: (id: string) => Promise<string | undefined>;
  /** Whether a process, this one or another, has the session open. */
  readonly isOpen: (id: string) => Promise<boolean>;
  /** Newest first; `search` words must all occur in title or messages. */
  readonly list: (search: string) => Promise<readonly SessionSummary[]>;
  /** A sentence when it cannot be deleted. */
  readonly remove: (id: string) => Promise<string | undefined>;
  /** A copy with a new id that goes its own way, of all there is or of what was just before the message whose "asked" has that number; `undefined` when there is no such session. Rejects when it cannot be copied. */
  readonly fork: (id: string, before?: number) => Promise<string | undefined>;
  readonly close: () => void;
}

/** Opens the store; folders are made when first needed. */
export function openStore(home: string, clock: Clock): Store {
  const sessions = join(home, "sessions");
  const index = openIndex(join(home, "index.db"), sessions);
  const folderOf = (id: string) => join(sessions, id);
  const openById = (id: string) => openForWriting(folderOf(id), sessionBlobs(home, id), clock);
  return {
    async create(opened) {
      const id = clock.id();
      const folder = folderOf(id);
      const first = await mkdir(folder, { recursive: true, mode: 0o700 });
      const made = await openById(id);
      if (made.kind !== "open")
        throw new Error(
          `A session cannot be begun in ${sessions}: ${made.kind === "read-only" ? made.reason : "it vanished"}`,
        );
      const event: SessionEvent = {
        n: 1,
        at: clock.now(),
        type: "opened",
        format: LOG_FORMAT,
        id,
        ...opened,
      };
      await Promise.all([made.log.append([event], true), syncFolder(folder), syncMade(first, folder)]);
      return { ...made, events: [event] };
    },
    open: async (id) =>
      isSessionId(id) && (await isBegun(join(folderOf(id), LOG))) ? openById(id) : { kind: "absent" },
    read: async (id) =>
      isSessionId(id) ? readLogFile(join(folderOf(id), LOG)).catch(() => undefined) : undefined,
    folderOf: async (id) =>
      isSessionId(id) ? workFolder(join(folderOf(id), LOG)).catch(() => undefined) : undefined,
    isOpen: async (id) => isSessionId(id) && (await holderOf(join(folderOf(id), LOCK))) !== undefined,
    async list(search) {
      const found = await index.list(search);
      return Promise.all(found.map(async (it) => ({ ...it, open: await isElsewhere(folderOf(it.id)) })));
    },
    async remove(id) {
      if (!isSessionId(id) || !(await exists(folderOf(id)))) return `There is no session ${id}.`;
      const lock = await takeLock(join(folderOf(id), LOCK));
      if (lock.kind === "held") return `Session ${id} is open in process ${lock.pid}; close it there first.`;
      const reason = lock.kind === "failed" ? lock.reason : await removed(folderOf(id));
      if (reason !== undefined) return `Session ${id} cannot be deleted: ${reason}.`;
      index.forget(id);
      // What only it needed; when that cannot be told now, it is freed another time.
      await cleanBlobs(home, NO_CAPS, clock.now()).catch(() => undefined);
      return undefined;
    },
    async fork(id, before) {
      if (!isSessionId(id) || !(await isBegun(join(folderOf(id), LOG)))) return undefined;
      const copy = clock.id();
      // Read first: what is written while the rest is copied belongs to the original alone.
      const events = copiedAs(copy, id, partOf(await readLogFile(join(folderOf(id), LOG)), before), clock);
      try {
        const filter = (path: string) => !OWN.test(relative(folderOf(id), path));
        await cp(folderOf(id), folderOf(copy), { recursive: true, filter });
        const opened = await openLogFile(join(folderOf(copy), LOG), clock.now);
        if (opened.kind !== "open") throw new Error(opened.reason);
        await opened.log.append(events, true).finally(opened.log.close);
        await syncTree(folderOf(copy));
        await syncFolder(sessions);
      } catch (error) {
        await removed(folderOf(copy));
        throw error;
      }
      return copy;
    },
    close: () => index.close(),
  };
}

const LOG = "events.log";
const LOCK = "lock";
/** What a copy makes itself, and what may be gone the next moment. */
const OWN = /^(lock|events\.log)|\.wheelhouse-[^\\/]*\.tmp$/;

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** A log without a byte is what is left of a session that died before its first event; one that cannot be looked at may be one. */
async function isBegun(path: string): Promise<boolean> {
  return stat(path).then(
    (it) => it.size > 0,
    (error: unknown) => !isAbsence(error),
  );
}

async function isElsewhere(folder: string): Promise<"elsewhere" | undefined> {
  const pid = await holderOf(join(folder, LOCK));
  return pid === undefined || pid === process.pid ? undefined : "elsewhere";
}

/** Why a folder could not be removed. */
async function removed(folder: string): Promise<string | undefined> {
  return rm(folder, { recursive: true, force: true }).then(() => undefined, reasonOf);
}

async function openForWriting(folder: string, blobs: Blobs, clock: Clock): Promise<Opened> {
  const lock = await takeLock(join(folder, LOCK));
  const path = join(folder, LOG);
  const readOnly = async (reason: string): Promise<Opened> => ({
    kind: "read-only",
    folder,
    reason,
    events: await readLogFile(path).catch(() => []),
  });
  if (lock.kind === "held")
    return readOnly(
      `This session is open in another window or terminal (process ${lock.pid}), so it can only be read here.`,
    );
  if (lock.kind === "failed") return readOnly(`This session can only be read: ${lock.reason}.`);
  try {
    const opened = await openLogFile(path, clock.now);
    if (opened.kind === "open")
      return {
        kind: "open",
        log: freeing(opened.log, lock.free),
        blobs,
        events: opened.events,
        folder,
        warnings: opened.warnings,
      };
    await lock.free();
    return { kind: "read-only", folder, events: opened.events, reason: opened.reason };
  } catch (error) {
    await lock.free();
    return readOnly(`This session can only be read: ${reasonOf(error)}.`);
  }
}

function freeing(log: SessionLog, free: () => Promise<void>): SessionLog {
  return { append: log.append, close: () => log.close().finally(free) };
}

/** More bytes than a first record has, but for one with a very long path. */
const HEAD_BYTES = 8_192;

/** The working folder of a log, from its first record alone where that can be read. */
async function workFolder(log: string): Promise<string | undefined> {
  const file = await open(log);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES)).finally(() => file.close());
  const isOpened = (it: SessionEvent) => it.type === "opened";
  const first = readLog(buffer.subarray(0, bytesRead)).events.find(isOpened);
  const opened = first ?? (await readLogFile(log)).find(isOpened);
  return opened?.type === "opened" ? opened.folder : undefined;
}

/** The events before a message; one that had waited for its time no longer waits. */
function partOf(events: readonly SessionEvent[], before: number | undefined): readonly SessionEvent[] {
  const asked = events.find((it) => it.n === before && it.type === "asked");
  if (asked?.type !== "asked") return events;
  const part = events.filter((it) => it.n < asked.n);
  const waits = part.some((it) => it.type === "queued" && it.id === asked.id);
  return waits ? [...part, { n: asked.n, at: asked.at, type: "unqueued", id: asked.id }] : part;
}

/** A log under its own name: the first event is written anew, and what somebody may still be at work on is closed. */
function copiedAs(
  id: string,
  from: string,
  events: readonly SessionEvent[],
  clock: Clock,
): readonly SessionEvent[] {
  const first = events.find((it) => it.type === "opened");
  if (!first) throw new Error(`Session ${from} cannot be copied: the beginning of its log is damaged.`);
  const n = events.at(-1)?.n ?? 0;
  const own = events.map((it) => (it === first ? { ...first, id, forkedFrom: { id: from, n } } : it));
  // What a newer version left open is not known here.
  const end = first.format > LOG_FORMAT ? [] : cutOff(events);
  return [...own, ...end.map((it, index): SessionEvent => ({ n: n + 1 + index, at: clock.now(), ...it }))];
}
