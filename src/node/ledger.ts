import type { Attempt, Ledger, Spending } from "../model/ledger.ts";
import { LedgerBatches } from "./ledger-batches.ts";
import { type LedgerTable, openTable, rowOf } from "./ledger-table.ts";
import { ledgerThread } from "./ledger-thread.ts";
import { rememberedSums } from "./remembered-sums.ts";

/** The ledger of all processes of a person, in one SQLite file. */
export interface FileLedger extends Ledger {
  /** Attempts from `since` (milliseconds since 1970) on, the oldest first. */
  readonly attempts: (since: number) => Iterable<Attempt>;
  readonly close: () => void;
}

/** What writing on a thread needs. */
export interface Lazily {
  /** The file of the thread that writes: the bundle `ledger-worker.cjs`, or `ledger-worker.ts` where Node runs TypeScript. */
  readonly worker: string | URL;
  /** Hears why records could not be written; they are kept, and that is tried again. */
  readonly failed: (error: unknown) => void;
}

/**
 * Opens the ledger at `path`. Throws where SQLite is missing (Node before 22.5) or the file cannot be used: who spends
 * money must know that it is counted. Records are on disk when `record` returns, also when the power fails; only one
 * who gives `lazily` gathers them for a moment and has a thread write them, which a gateway with thousands of requests
 * a second needs: nothing of it then waits for the disk, or for another process that has the file.
 */
export function openLedger(path: string, lazily?: Lazily): FileLedger {
  const table = openTable(path, lazily === undefined ? "FULL" : "NORMAL");
  const book = lazily === undefined ? atOnce(table) : gathering(path, table, lazily);
  return {
    record: book.record,
    spent: book.spent,
    *attempts(since) {
      book.flush();
      yield* table.attempts(since);
    },
    close() {
      try {
        book.close();
      } finally {
        table.close();
      }
    },
  };
}

/** How records get into the file. */
interface Book extends Ledger {
  readonly flush: () => void;
  readonly close: () => void;
}

function atOnce({ write, spent }: LedgerTable): Book {
  const nothing = () => undefined;
  return {
    record: (attempt) => write([rowOf(attempt)]),
    spent: (of) => spent(of, "").cost,
    flush: nothing,
    close: nothing,
  };
}

function gathering(path: string, table: LedgerTable, { worker, failed }: Lazily): Book {
  const batches = new LedgerBatches(table, ledgerThread(worker, path), failed);
  const read = (of: Spending) => batches.spent(of);
  const sums = rememberedSums(read, FRESH_MS, () => performance.now());
  return {
    record(attempt) {
      batches.add(attempt);
      sums.add(attempt);
    },
    spent: sums.spent,
    flush: () => batches.flush(),
    close: () => batches.close(),
  };
}

/** After so long it is looked up what other processes have spent, in milliseconds. */
const FRESH_MS = 50;
