import { closeSync, ftruncateSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Attempt } from "../model/ledger.ts";
import { recordOf } from "../model/record.ts";
import { isAlive } from "./is-alive.ts";
import { together } from "./together.ts";

/** Records on their way into a ledger, in a file of their own: what the process has told the system outlives it. */
export interface WaitingRecords {
  /**
   * It stands in the file behind this turn of the event loop, before an answer that is sent whole. Does nothing where the
   * file cannot be written; who gathers has the records still, and says what is wrong.
   */
  readonly add: (attempt: Attempt) => void;
  /** All of them are in the ledger. */
  readonly clear: () => void;
  readonly close: () => void;
}

/** A file beside the ledger at `path`; it is made with the first record, and is gone with `close`. */
export function openWaitingRecords(path: string): WaitingRecords {
  const own = `${path}${MARK}${process.pid}-${made++}`;
  const fresh: Attempt[] = [];
  let file: number | undefined;
  let isEmpty = true;
  const write = () => {
    if (fresh.length === 0) return;
    try {
      file ??= openSync(own, "a", 0o600);
      writeSync(file, fresh.map((it) => `${JSON.stringify(it)}\n`).join(""));
      isEmpty = false;
    } catch {
      // See above.
    }
    fresh.length = 0;
  };
  return {
    add(attempt) {
      // One write for all of a turn: each takes longer than the rest of the record's way.
      if (fresh.push(attempt) === 1) together(write);
    },
    clear() {
      fresh.length = 0;
      if (file === undefined || isEmpty) return;
      ftruncateSync(file);
      isEmpty = true;
    },
    close() {
      write();
      if (file === undefined) return;
      closeSync(file);
      if (isEmpty) rmSync(own, { force: true });
      file = undefined;
    },
  };
}

const MARK = "-waiting-";

/** A process may have several ledgers open. */
let made = 0;

/** What a process that ended in the midst of it has left. */
export interface LeftRecords {
  readonly attempts: readonly Attempt[];
  /** They are in the ledger. */
  readonly remove: () => void;
}

/** What was left beside the ledger at `path` by processes that are no more. Some of it may be in the ledger already. */
export function leftRecords(path: string): readonly LeftRecords[] {
  const beginning = `${basename(path)}${MARK}`;
  const names = readdirSync(dirname(path)).filter((it) => it.startsWith(beginning));
  return names.flatMap((name) => {
    const [pid = ""] = name.slice(beginning.length).split("-");
    if (isAlive(Number(pid))) return [];
    const left = join(dirname(path), name);
    return [{ attempts: attemptsIn(left), remove: () => rmSync(left, { force: true }) }];
  });
}

function attemptsIn(path: string): readonly Attempt[] {
  try {
    return readFileSync(path, "utf8").split("\n").flatMap(attemptIn);
  } catch {
    // Another process has just taken them over.
    return [];
  }
}

/** The last line may not have been written to its end. */
function attemptIn(line: string): readonly Attempt[] {
  try {
    const it = recordOf(JSON.parse(line));
    const isOne = typeof it["id"] === "string" && typeof it["time"] === "number" && "usage" in it;
    return isOne ? [it as unknown as Attempt] : [];
  } catch {
    return [];
  }
}
