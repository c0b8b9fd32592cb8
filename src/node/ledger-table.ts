import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Attempt, Spending } from "../model/ledger.ts";
import { calendarOf } from "./calendar.ts";
import { forEachScope, ScopedSums } from "./scoped-sums.ts";

/**
 * Of a new file: records come many at once, and a quarter of the calls to the system writes them
 * (https://sqlite.org/pragma.html#pragma_page_size).
 */
const PAGE_BYTES = 16_384;

/** Version of the tables; a file of a newer one is not touched. */
const VERSION = 1;

const TABLES = `
  CREATE TABLE IF NOT EXISTS attempts (
    id TEXT PRIMARY KEY, time INTEGER NOT NULL, client TEXT NOT NULL, session TEXT NOT NULL, user TEXT NOT NULL,
    project TEXT NOT NULL, category TEXT NOT NULL, provider TEXT NOT NULL, key TEXT NOT NULL, asked TEXT NOT NULL,
    model TEXT NOT NULL, input INTEGER NOT NULL, write5m INTEGER NOT NULL, write1h INTEGER NOT NULL,
    read INTEGER NOT NULL, output INTEGER NOT NULL, cost REAL, costAsked REAL, firstMs REAL, totalMs REAL NOT NULL,
    stop TEXT NOT NULL, failure TEXT NOT NULL, status INTEGER, requestId TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS attemptsByTime ON attempts (time);
  CREATE TABLE IF NOT EXISTS spent (
    scope TEXT NOT NULL, name TEXT NOT NULL, day INTEGER NOT NULL, cost REAL NOT NULL,
    PRIMARY KEY (scope, name, day)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS writers (
    id TEXT PRIMARY KEY, batch INTEGER NOT NULL, at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

const COLUMNS =
  "id time client session user project category provider key asked model input write5m write1h read output cost costAsked firstMs totalMs stop failure status requestId".split(
    " ",
  );
const [TIME, SESSION, USER, PROJECT, KEY, COST] = ["time", "session", "user", "project", "key", "cost"].map(
  (it) => COLUMNS.indexOf(it),
) as [number, number, number, number, number, number];

function scopesOf(row: Row): Pick<Attempt, "session" | "project" | "key" | "user"> {
  const text = (at: number) => String(row[at]);
  return { session: text(SESSION), project: text(PROJECT), key: text(KEY), user: text(USER) };
}

/** A record as its columns have it: what can be handed to another thread for little. */
export type Row = readonly (string | number | null)[];

/** Whose records a transaction writes, and which of his it is; see `LedgerTable.spent`. */
export interface Batch {
  /** Of the writer; no other has it. */
  readonly writer: string;
  /** Grows by one from batch to batch. */
  readonly number: number;
}

/** A connection to the file of the ledger. */
export interface LedgerTable {
  /** Writes records in one transaction; those that are there already are left out. Throws what SQLite says, and nothing is written. */
  readonly write: (rows: readonly Row[], batch?: Batch) => void;
  /** Dollars by all that is written, and, as of the same moment, the last batch of a writer that is (0: none). */
  readonly spent: (of: Spending, writer: string) => { readonly cost: number; readonly batch: number };
  /** Records from `since` (milliseconds since 1970) on, the oldest first. */
  readonly attempts: (since: number) => Iterable<Attempt>;
  /** Forgets a writer that writes no more, and those that have not written for a month. */
  readonly forget: (writer: string) => void;
  readonly close: () => void;
}

/** How long ago a writer has written who is not there any more, in milliseconds. */
const GONE_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Opens the file at `path`. With the level FULL each commit survives a power cut, with NORMAL once the log is synced
 * (https://sqlite.org/pragma.html#pragma_synchronous). Throws where SQLite is missing (Node before 22.5) or the file
 * cannot be used.
 */
export function openTable(path: string, level: "FULL" | "NORMAL"): LedgerTable {
  const { DatabaseSync: Database } = process.getBuiltinModule("node:sqlite");
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const db: DatabaseSync = new Database(path);
  db.exec(
    `PRAGMA busy_timeout = 5000; PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${level}`,
  );
  const found = Number(db.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
  if (found > VERSION) {
    db.close();
    throw new Error(`${path} was written by a newer Wheelhouse; update this one.`);
  }
  db.exec(`${TABLES} PRAGMA user_version = ${VERSION}`);
  const sum = db.prepare(
    `SELECT (SELECT sum(cost) FROM spent WHERE scope = ? AND name = ? AND day >= ?) AS cost,
      (SELECT batch FROM writers WHERE id = ?) AS batch`,
  );
  const list = db.prepare(`SELECT ${COLUMNS.join(", ")} FROM attempts WHERE time >= ? ORDER BY time, rowid`);
  const forget = db.prepare("DELETE FROM writers WHERE id = ? OR at < ?");
  return {
    write: writing(db),
    spent({ scope, name, since }, writer) {
      const found = sum.get(scope, name, firstDay(since), writer);
      return { cost: Number(found?.["cost"] ?? 0), batch: Number(found?.["batch"] ?? 0) };
    },
    *attempts(since) {
      for (const row of list.iterate(since)) yield attemptOf(row);
    },
    forget: (writer) => void forget.run(writer, Date.now() - GONE_MS),
    close: () => db.close(),
  };
}

/** What counts since that time: sums are kept by the day. */
export function isSince(attempt: Attempt, since: number): boolean {
  return dayOf(attempt.time) >= firstDay(since);
}

function firstDay(since: number): number {
  return since === 0 ? 0 : dayOf(since);
}

/** The day of the calendar of this machine, as a number that grows: 20261129. */
function dayOf(time: number): number {
  const { dayStart } = calendarOf(time);
  if (day.start !== dayStart) {
    const date = new Date(dayStart);
    const number = date.getFullYear() * 10_000 + (date.getMonth() + 1) * 100 + date.getDate();
    day = { start: dayStart, number };
  }
  return day.number;
}

/** The last that was asked for. */
let day = { start: Number.NaN, number: 0 };

function writing(db: DatabaseSync): LedgerTable["write"] {
  const add = db.prepare(
    `INSERT OR IGNORE INTO attempts (${COLUMNS.join(", ")}) VALUES (${COLUMNS.map(() => "?").join(", ")})`,
  );
  const spend = db.prepare(
    "INSERT INTO spent (scope, name, day, cost) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET cost = cost + excluded.cost",
  );
  const count = db.prepare(
    "INSERT INTO writers (id, batch, at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET batch = excluded.batch, at = excluded.at",
  );
  const written = (rows: readonly Row[], batch: Batch | undefined) => {
    const sums = new ScopedSums();
    for (const row of rows) {
      const { changes } = add.run(...row);
      const cost = Number(row[COST]);
      if (Number(changes) === 0 || cost === 0) continue;
      const day = dayOf(Number(row[TIME]));
      forEachScope(scopesOf(row), (scope, name) =>
        sums.set(scope, name, day, cost + (sums.of(scope, name)?.get(day) ?? 0)),
      );
    }
    for (const it of sums.entries()) spend.run(...it);
    if (batch !== undefined) count.run(batch.writer, batch.number, Date.now());
  };
  return (rows, batch) => {
    db.exec("BEGIN IMMEDIATE");
    try {
      written(rows, batch);
      db.exec("COMMIT");
    } catch (error) {
      rollBack(db);
      throw error;
    }
  };
}

function rollBack(db: DatabaseSync): void {
  try {
    db.exec("ROLLBACK");
  } catch {
    // When the disk is full, SQLite has done so itself (https://sqlite.org/lang_transaction.html, section 3).
  }
}

/** A record as a row. */
export function rowOf(it: Attempt): Row {
  const { input, cacheWrite5m, cacheWrite1h, cacheRead, output } = it.usage;
  return [
    it.id,
    whole(it.time),
    it.client,
    it.session,
    it.user,
    it.project,
    it.category,
    it.provider,
    it.key,
    it.asked,
    it.model,
    whole(input),
    whole(cacheWrite5m),
    whole(cacheWrite1h),
    whole(cacheRead),
    whole(output),
    it.cost ?? null,
    it.costAsked ?? null,
    it.firstMs ?? null,
    it.totalMs,
    it.stop,
    it.failure,
    it.status === undefined ? null : whole(it.status),
    it.requestId,
  ];
}

/** What a column of integers takes, and can be read again: one record that it refuses would keep all others waiting. */
function whole(count: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.round(count) || 0));
}

function attemptOf(row: Readonly<Record<string, unknown>>): Attempt {
  const text = (name: string) => String(row[name] ?? "");
  const number = (name: string) => Number(row[name] ?? 0);
  const maybe = (name: string) => (row[name] === null ? undefined : Number(row[name]));
  return {
    id: text("id"),
    time: number("time"),
    client: text("client"),
    session: text("session"),
    user: text("user"),
    project: text("project"),
    category: text("category"),
    provider: text("provider"),
    key: text("key"),
    asked: text("asked"),
    model: text("model"),
    usage: {
      input: number("input"),
      cacheWrite5m: number("write5m"),
      cacheWrite1h: number("write1h"),
      cacheRead: number("read"),
      output: number("output"),
    },
    cost: maybe("cost"),
    costAsked: maybe("costAsked"),
    firstMs: maybe("firstMs"),
    totalMs: number("totalMs"),
    stop: text("stop"),
    failure: text("failure") as Attempt["failure"],
    status: maybe("status"),
    requestId: text("requestId"),
  };
}
