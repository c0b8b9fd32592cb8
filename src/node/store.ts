import { cp, mkdir, readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { EventBody, SessionEvent } from "../agent/events.ts";
import { LOG_FORMAT, type SessionLog } from "../agent/log.ts";
import type { SessionSummary } from "../agent/screen.ts";
import type { Clock } from "../world.ts";
import { holderOf, takeLock } from "./lock.ts";
import { openLogFile, readLogFile } from "./log-file.ts";
import { openIndex } from "./session-index.ts";
import { reasonOf } from "./system-error.ts";
import { syncFolder } from "./write-atomically.ts";

/** A session's files, taken up for writing or only for reading. */
export type Opened =
  | {
      readonly kind: "open";
      readonly log: SessionLog;
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
  /** Newest first; `search` words must all occur in title or messages. */
  readonly list: (search: string) => Promise<readonly SessionSummary[]>;
  /** A sentence when it cannot be deleted. */
  readonly remove: (id: string) => Promise<string | undefined>;
  /** A copy with a new id that goes its own way; `undefined` when there is no such session. */
  readonly fork: (id: string) => Promise<string | undefined>;
  readonly close: () => void;
}

/** Opens the store; folders are made when first needed. */
export function openStore(home: string, clock: Clock): Store {
  const sessions = join(home, "sessions");
  const index = openIndex(join(home, "index.db"), sessions);
  const folderOf = (id: string) => join(sessions, id);
  return {
    async create(opened) {
      const id = clock.id();
      const folder = folderOf(id);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const made = await openForWriting(folder, clock);
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
      await Promise.all([made.log.append([event], true), syncFolder(folder), syncFolder(sessions)]);
      return { ...made, events: [event] };
    },
    open: async (id) =>
      isId(id) && (await isBegun(join(folderOf(id), LOG)))
        ? openForWriting(folderOf(id), clock)
        : { kind: "absent" },
    read: async (id) => (isId(id) ? readLogFile(join(folderOf(id), LOG)).catch(() => undefined) : undefined),
    async list(search) {
      const found = await index.list(search);
      return Promise.all(found.map(async (it) => ({ ...it, open: await isElsewhere(folderOf(it.id)) })));
    },
    async remove(id) {
      if (!isId(id) || !(await exists(folderOf(id)))) return `There is no session ${id}.`;
      const lock = await takeLock(join(folderOf(id), LOCK));
      if (lock.kind === "held") return `Session ${id} is open in process ${lock.pid}; close it there first.`;
      const reason = lock.kind === "failed" ? lock.reason : await removed(folderOf(id));
      if (reason !== undefined) return `Session ${id} cannot be deleted: ${reason}.`;
      index.forget(id);
      return undefined;
    },
    async fork(id) {
      if (!isId(id) || !(await isBegun(join(folderOf(id), LOG)))) return undefined;
      const copy = clock.id();
      try {
        await cp(folderOf(id), folderOf(copy), {
          recursive: true,
          filter: (path) => !basename(path).startsWith(LOCK),
        });
        await renameCopy(folderOf(copy), copy, id, clock);
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

/** Ids are ours: anything else could lead out of the folder. */
function isId(id: string): boolean {
  return /^[a-z0-9]{12}$/.test(id);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** A log without a byte is what is left of a session that died before its first event. */
async function isBegun(path: string): Promise<boolean> {
  return stat(path).then(
    (it) => it.size > 0,
    () => false,
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

async function openForWriting(folder: string, clock: Clock): Promise<Opened> {
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

/** Gives a copied log its own name: the first event is written anew, the rest stays as it is. */
async function renameCopy(folder: string, id: string, from: string, clock: Clock): Promise<void> {
  const path = join(folder, LOG);
  const events = await readLogFile(path);
  const own = events.map((it) =>
    it.type === "opened" ? { ...it, id, forkedFrom: { id: from, n: events.at(-1)?.n ?? 0 } } : it,
  );
  await rm(path);
  const opened = await openLogFile(path, clock.now);
  if (opened.kind !== "open") throw new Error(opened.reason);
  await opened.log.append(own, true).finally(opened.log.close);
}

/** Names of all session folders; empty when there are none yet. */
export async function sessionIds(sessions: string): Promise<readonly string[]> {
  return readdir(sessions).then(
    (names) => names.filter(isId),
    () => [],
  );
}
