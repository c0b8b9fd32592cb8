import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Attempt, Ledger, Spending } from "../model/ledger.ts";
import { calendarOf } from "./calendar.ts";
import { attemptOf, COLUMNS, valuesOf } from "./ledger-row.ts";
import { rememberedSums } from "./remembered-sums.ts";
import { forEachScope, ScopedSums } from "./scoped-sums.ts";
import { leftRecords, openWaitingRecords } from "./waiting-records.ts";
import { openWalFile } from "./wal-file.ts";

/** The ledger of all processes of a person, in one SQLite file. */
export interface FileLedger extends Ledger {
  /** Attempts from `since` (milliseconds since 1970) on, the oldest first. */
  readonly attempts: (since: number) => Iterable<Attempt>;
  readonly close: () => void;
}

/** What gathering needs. */
export interface Lazily {
  /** Hears why records could not be written; they are kept, and written with the next. */
  readonly failed: (error: unknown) => void;
}

/**
 * Of a new file: records come many at once, half of the calls to the system write them, and the last page of every
 * write is written again by the next (https://sqlite.org/pragma.html#pragma_page_size).
 */
const PAGE_BYTES = 8_192;

/** Version of the tables; a file of a newer one is not touched. */
const VERSION = 2;

/** One tree alone, in the order in which records come and are read: each index beside it would be written to by every record. */
const TABLES = `
  CREATE TABLE IF NOT EXISTS attempts (
    id TEXT NOT NULL, time INTEGER NOT NULL, client TEXT NOT NULL, session TEXT NOT NULL, user TEXT NOT NULL,
    project TEXT NOT NULL, category TEXT NOT NULL, provider TEXT NOT NULL, key TEXT NOT NULL, asked TEXT NOT NULL,
    model TEXT NOT NULL, input INTEGER NOT NULL, write5m INTEGER NOT NULL, write1h INTEGER NOT NULL,
    read INTEGER NOT NULL, output INTEGER NOT NULL, cost REAL, costAsked REAL, firstMs REAL, totalMs REAL NOT NULL,
    stop TEXT NOT NULL, failure TEXT NOT NULL, status INTEGER, requestId TEXT NOT NULL,
    PRIMARY KEY (time, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS spent (
    scope TEXT NOT NULL, name TEXT NOT NULL, day INTEGER NOT NULL, cost REAL NOT NULL,
    PRIMARY KEY (scope, name, day)
  ) STRICT, WITHOUT ROWID;
`;

/**
 * Opens the ledger at `path`. Throws where SQLite is missing (Node before 22.5) or the file cannot be used: who spends
 * money must know that it is counted. Records are on disk when `record` returns, also when the power fails; one who
 * gives `lazily` gathers them for a moment first, which a gateway with thousands of requests a second needs: then a
 * power cut may take the last of them, but the end of the process takes none.
 */
export function openLedger(path: string, lazily?: Lazily): FileLedger {
  const { DatabaseSync: Database } = process.getBuiltinModule("node:sqlite");
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const db: DatabaseSync = new Database(path);
  // FULL: a commit survives a power cut (https://sqlite.org/pragma.html#pragma_synchronous).
  const level = lazily === undefined ? "FULL" : "NORMAL";
  db.exec(
    `PRAGMA busy_timeout = 5000; PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${level}`,
  );
  if (versionOf(db) > VERSION) {
    db.close();
    throw new Error(`${path} was written by a newer Wheelhouse; update this one.`);
  }
  if (versionOf(db) < VERSION) makeTables(db);
  const add = db.prepare(
    `INSERT OR IGNORE INTO attempts (${COLUMNS}) VALUES (${COLUMNS.replace(/\w+/g, "?")})`,
  );
  const spend = db.prepare(
    "INSERT INTO spent (scope, name, day, cost) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET cost = cost + excluded.cost",
  );
  const sum = db.prepare("SELECT sum(cost) AS cost FROM spent WHERE scope = ? AND name = ? AND day >= ?");
  const list = db.prepare(`SELECT ${COLUMNS} FROM attempts WHERE time >= ? ORDER BY time, id`);
  const stored = ({ scope, name, since }: Spending) =>
    Number(sum.get(scope, name, since === 0 ? 0 : dayOf(since))?.["cost"] ?? 0);
  const gathered = (attempts: readonly Attempt[]) => write(db, attempts, add, spend);
  takeOver(path, gathered);
  const book = lazily === undefined ? atOnce(gathered, stored) : gathering(path, gathered, stored, lazily);
  return {
    record: book.record,
    spent: book.spent,
    *attempts(since) {
      book.flush();
      for (const row of list.iterate(since)) yield attemptOf(row);
    },
    close() {
      try {
        book.close();
      } finally {
        db.close();
      }
    },
  };
}

/** Writes what other processes had gathered when they were ended; what cannot be written stays for whoever opens the file next. */
function takeOver(path: string, written: Write): void {
  for (const { attempts, remove } of leftRecords(path)) {
    try {
      written(attempts);
      remove();
    } catch {
      // It is no reason to be without a ledger.
    }
  }
}

/** How records get into the file. */
interface Book extends Ledger {
  readonly flush: () => void;
  readonly close: () => void;
}

type Write = (attempts: readonly Attempt[]) => void;
type Stored = (of: Spending) => number;

function atOnce(written: Write, stored: Stored): Book {
  const nothing = () => undefined;
  return { record: (attempt) => written([attempt]), spent: stored, flush: nothing, close: nothing };
}

function gathering(path: string, written: Write, stored: Stored, { failed }: Lazily): Book {
  const wal = openWalFile(path);
  const kept = openWaitingRecords(path);
  const waiting: Attempt[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    written(waiting);
    waiting.length = 0;
    kept.clear();
    wal.harden();
  };
  const flushOrTell = () => {
    try {
      flush();
    } catch (error) {
      failed(error);
      // There may be no next record that would write these.
      timer ??= setTimeout(flushOrTell, AGAIN_MS);
    }
  };
  const read = (of: Spending) => {
    flush();
    return stored(of);
  };
  const sums = rememberedSums(read, GATHER_MS, () => performance.now());
  return {
    record(attempt) {
      waiting.push(attempt);
      kept.add(attempt);
      sums.add(attempt);
      if (waiting.length % MOST_GATHERED === 0) flushOrTell();
      else timer ??= setTimeout(flushOrTell, GATHER_MS);
    },
    spent: sums.spent,
    flush,
    close() {
      try {
        flush();
      } finally {
        kept.close();
        wal.close();
      }
    },
  };
}

/** How long records wait for others, in milliseconds. */
const GATHER_MS = 50;
/** And how long when they could not be written. */
const AGAIN_MS = 1_000;
/** Records that wait at most: writing more would hold up requests for too long, and objects that wait long cost memory. */
const MOST_GATHERED = 192;

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

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
}

/** Makes the tables, with what an earlier version of them held. */
function makeTables(db: DatabaseSync): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    // Another process may have come first.
    const found = versionOf(db);
    if (found === 1) db.exec("ALTER TABLE attempts RENAME TO earlier");
    if (found < VERSION) db.exec(`${TABLES} PRAGMA user_version = ${VERSION}`);
    if (found === 1)
      db.exec(`INSERT INTO attempts (${COLUMNS}) SELECT ${COLUMNS} FROM earlier; DROP TABLE earlier`);
    db.exec("COMMIT");
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

function write(
  db: DatabaseSync,
  attempts: readonly Attempt[],
  add: StatementSync,
  spend: StatementSync,
): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    const sums = new ScopedSums();
    for (const it of attempts) {
      const { changes } = add.run(...valuesOf(it));
      const { cost } = it;
      if (Number(changes) === 0 || !cost) continue;
      const day = dayOf(it.time);
      forEachScope(it, (scope, name) =>
        sums.set(scope, name, day, cost + (sums.of(scope, name)?.get(day) ?? 0)),
      );
    }
    for (const it of sums.entries()) spend.run(...it);
    db.exec("COMMIT");
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

function rollBack(db: DatabaseSync): void {
  try {
    db.exec("ROLLBACK");
  } catch {
    // When the disk is full, SQLite has done so itself (https://sqlite.org/lang_transaction.html, section 3).
  }
}
