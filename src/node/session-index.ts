import { mkdirSync, rmSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readLog } from "../agent/log.ts";
import type { SessionSummary } from "../agent/screen.ts";
import { type Summary, summaryOf } from "../agent/summary.ts";

/** The list of sessions, made from their logs; losing it loses nothing. */
export interface SessionIndex {
  /** Newest first. Logs that changed since the last call are read again. */
  readonly list: (search: string) => Promise<readonly SessionSummary[]>;
  readonly forget: (id: string) => void;
  readonly close: () => void;
}

/** Ids are ours: anything else could lead out of the folder, or is no session. */
export function isSessionId(id: string): boolean {
  return /^[a-z0-9]{12}$/.test(id);
}

interface Row extends Summary {
  /** Size and time of the log this row was made from. */
  readonly stamp: string;
}

interface Rows {
  readonly all: () => readonly Row[];
  readonly put: (row: Row) => void;
  readonly drop: (id: string) => void;
  readonly close: () => void;
}

/** The index in SQLite at `path`; where SQLite is missing or the file is unusable, the same in memory. */
export function openIndex(path: string, sessions: string): SessionIndex {
  let rows: Rows | undefined;
  const use = () => (rows ??= openRows(path));
  return {
    async list(search) {
      const all = await upToDate().catch(() => {
        rows = memoryRows();
        return upToDate();
      });
      const words = search
        .toLowerCase()
        .split(/\s+/)
        .filter((it) => it !== "");
      return all
        .filter((row) => words.every((it) => row.words.toLowerCase().includes(it)))
        .toSorted((a, b) => b.at - a.at)
        .map(summary);
    },
    forget: (id) => use().drop(id),
    close: () => rows?.close(),
  };

  async function upToDate(): Promise<readonly Row[]> {
    await refresh(use(), sessions);
    return use().all();
  }
}

function summary({ id, title, folder, model, at, cost, prompts }: Row): SessionSummary {
  return { id, title, folder, model, at, cost, prompts, open: undefined };
}

async function refresh(rows: Rows, sessions: string): Promise<void> {
  const names: readonly string[] = await readdir(sessions).catch(() => []);
  const ids = names.filter(isSessionId);
  const known = new Map(rows.all().map((it) => [it.id, it.stamp]));
  for (const id of known.keys()) if (!ids.includes(id)) rows.drop(id);
  for (const id of ids) {
    const log = join(sessions, id, "events.log");
    const found = await stat(log).catch(() => undefined);
    // A log without a byte is what is left of a session that died before its first event.
    if (!found?.isFile() || found.size === 0) continue;
    const stamp = `${found.size} ${found.mtimeMs}`;
    if (known.get(id) === stamp) continue;
    // It may have been deleted meanwhile.
    const bytes = await readFile(log).catch(() => undefined);
    const summary = bytes && summaryOf(readLog(bytes).events);
    if (summary) rows.put({ ...summary, id, stamp, at: summary.at || found.mtimeMs });
  }
}

function openRows(path: string): Rows {
  try {
    return sqliteRows(path);
  } catch (error) {
    if (!isDamage(error)) return memoryRows();
  }
  try {
    // Everything in it is made from the logs.
    for (const ending of ["", "-wal", "-shm"]) rmSync(path + ending, { force: true });
    return sqliteRows(path);
  } catch {
    return memoryRows();
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB (https://sqlite.org/rescode.html). */
function isDamage(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (error.errcode === 11 || error.errcode === 26);
}

/** Without SQLite (an older Node, a locked file) the list is made anew each time: slower, and as right. */
function memoryRows(): Rows {
  const map = new Map<string, Row>();
  return {
    all: () => [...map.values()],
    put: (row) => map.set(row.id, row),
    drop: (id) => map.delete(id),
    close: () => map.clear(),
  };
}

function sqliteRows(path: string): Rows {
  // Loaded here, so that nothing is paid for it before a list is wanted, and so that a Node without it still starts.
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const db = new DatabaseSync(path);
  db.exec(
    "PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT",
  );
  const select = db.prepare("SELECT row FROM sessions");
  const upsert = db.prepare(
    "INSERT INTO sessions (id, row) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET row = excluded.row",
  );
  const remove = db.prepare("DELETE FROM sessions WHERE id = ?");
  return {
    all: () =>
      select.all().flatMap((it) => (typeof it["row"] === "string" ? [JSON.parse(it["row"]) as Row] : [])),
    put: (row) => void upsert.run(row.id, JSON.stringify(row)),
    drop: (id) => void remove.run(id),
    close: () => db.close(),
  };
}
