import { workerData } from "node:worker_threads";

/** What the threads of a process take turns by. Whoever starts a thread that compiles hands it on, as `turn` of its `workerData`. */
export const turn: SharedArrayBuffer =
  given(workerData) ?? new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);

/** A thread that was ended in its turn never gives it back; in milliseconds. */
const PATIENCE_MS = 2_000;
const FREE = 0;
const TAKEN = 1;

/** Does what no other thread of the process may do at the same time; for moments only, since a thread that waits does nothing else. */
export function inTurn<T>(work: () => T): T {
  const state = new Int32Array(turn);
  while (Atomics.compareExchange(state, 0, FREE, TAKEN) === TAKEN)
    if (Atomics.wait(state, 0, TAKEN, PATIENCE_MS) === "timed-out") break;
  try {
    return work();
  } finally {
    Atomics.store(state, 0, FREE);
    Atomics.notify(state, 0, 1);
  }
}

function given(data: unknown): SharedArrayBuffer | undefined {
  const there = typeof data === "object" && data !== null && "turn" in data ? data.turn : undefined;
  return there instanceof SharedArrayBuffer ? there : undefined;
}
