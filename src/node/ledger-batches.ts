import { randomUUID } from "node:crypto";
import type { Attempt, Spending } from "../model/ledger.ts";
import { isSince, type LedgerTable, rowOf } from "./ledger-table.ts";
import type { LedgerThread } from "./ledger-thread.ts";

/** How long records wait for others, in milliseconds. */
const GATHER_MS = 50;
/** And how long when they could not be written. */
const AGAIN_MS = 1_000;
/** So many are handed on without waiting for more: objects that wait long cost memory. */
const ENOUGH = 512;

interface Underway {
  readonly number: number;
  readonly attempts: readonly Attempt[];
  /** By us meanwhile: the thread will find it there. */
  isWritten: boolean;
}

/**
 * Records on their way into the file: gathered, then handed to a thread, one batch at a time. Whatever that does, and
 * whenever it dies, a record is written once: it is known by its id.
 */
export class LedgerBatches {
  readonly #writer = randomUUID();
  readonly #table: LedgerTable;
  readonly #thread: LedgerThread;
  readonly #failed: (error: unknown) => void;
  #waiting: Attempt[] = [];
  #underway: Underway | undefined;
  #isBusy = false;
  #last = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * `table` is a connection of this thread's own, to look things up, and to write what must be there now; `failed` hears
   * why something could not be written, which is tried again.
   */
  constructor(table: LedgerTable, thread: LedgerThread, failed: (error: unknown) => void) {
    this.#table = table;
    this.#thread = thread;
    this.#failed = failed;
  }

  add(attempt: Attempt): void {
    this.#waiting.push(attempt);
    if (this.#isBusy) return;
    if (this.#waiting.length >= ENOUGH) this.#handOn();
    else this.#later(GATHER_MS);
  }

  /** Dollars by what is in the file and what is on its way. */
  spent(of: Spending): number {
    const { cost, batch } = this.#table.spent(of, this.#writer);
    const missing = this.#underway?.number === batch ? [] : this.#unwritten();
    return cost + costOf(missing, of) + costOf(this.#waiting, of);
  }

  /** Has all in the file when it returns. Throws what SQLite says. */
  flush(): void {
    const all = [...this.#unwritten(), ...this.#waiting];
    if (all.length === 0) return;
    this.#table.write(all.map(rowOf));
    if (this.#underway) this.#underway.isWritten = true;
    this.#waiting = [];
    this.#thread.harden();
  }

  /** The same, and ends the thread whether or not it can be written. */
  close(): void {
    clearTimeout(this.#timer);
    try {
      this.flush();
      this.#table.forget(this.#writer);
    } finally {
      this.#thread.close();
    }
  }

  #unwritten(): readonly Attempt[] {
    return this.#underway === undefined || this.#underway.isWritten ? [] : this.#underway.attempts;
  }

  #later(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#handOn();
    }, ms);
  }

  #handOn(): void {
    if (this.#isBusy) return;
    if (this.#underway === undefined) {
      if (this.#waiting.length === 0) return;
      this.#underway = { number: ++this.#last, attempts: this.#waiting, isWritten: false };
      this.#waiting = [];
    }
    const { number, attempts } = this.#underway;
    this.#isBusy = true;
    this.#thread.write(attempts.map(rowOf), { writer: this.#writer, number }, (error) => this.#ended(error));
  }

  #ended(error: Error | undefined): void {
    this.#isBusy = false;
    if (error !== undefined) {
      this.#failed(error);
      // There may be no next record that would have these written.
      this.#later(AGAIN_MS);
      return;
    }
    this.#underway = undefined;
    if (this.#waiting.length >= ENOUGH) this.#handOn();
    else if (this.#waiting.length > 0) this.#later(GATHER_MS);
  }
}

function costOf(attempts: readonly Attempt[], { scope, name, since }: Spending): number {
  let sum = 0;
  for (const it of attempts)
    if (it.cost && (scope === "total" || it[scope] === name) && isSince(it, since)) sum += it.cost;
  return sum;
}
