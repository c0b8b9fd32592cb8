import { Worker } from "node:worker_threads";
import type { LedgerReply, LedgerRequest } from "./ledger-message.ts";
import type { Batch, Row } from "./ledger-table.ts";

/** A thread that writes records into the ledger, which waits for the disk and for other processes in our place. */
export interface LedgerThread {
  /** Writes one batch; the one before must be done. `done` hears why it could not be, also when the thread has died. */
  readonly write: (rows: readonly Row[], batch: Batch, done: (error?: Error) => void) => void;
  /** Has what is in the file by now survive a power cut, soon; without a thread it does when the file is closed. */
  readonly harden: () => void;
  /** Ends the thread; a transaction that it is in is written whole or not at all, and nobody hears of it. */
  readonly close: () => void;
}

/** The thread of the file `worker`, for the ledger at `path`; started with the first batch, and again when it has died. */
export function ledgerThread(worker: string | URL, path: string): LedgerThread {
  let running: Worker | undefined;
  let done: ((error?: Error) => void) | undefined;
  const settle = (error?: Error) => {
    const told = done;
    done = undefined;
    told?.(error);
  };
  const start = (): Worker => {
    const thread = new Worker(worker, { workerData: { path }, execArgv: [] });
    // Who has records to write lives by other things.
    thread.unref();
    const died = (error: Error) => {
      if (running !== thread) return;
      running = undefined;
      settle(error);
    };
    thread.on("message", ({ error }: LedgerReply) =>
      settle(error === undefined ? undefined : new Error(error)),
    );
    thread.on("error", died);
    thread.on("exit", () => died(new Error("the thread that writes the ledger has ended")));
    return thread;
  };
  return {
    write(rows, batch, whenDone) {
      done = whenDone;
      running ??= start();
      running.postMessage({ rows, batch } satisfies LedgerRequest);
    },
    harden: () => running?.postMessage({ harden: true } satisfies LedgerRequest),
    close() {
      const thread = running;
      running = undefined;
      done = undefined;
      void thread?.terminate();
    },
  };
}
