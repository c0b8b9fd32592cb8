import type { Clock } from "../world.ts";
import type { EventBody, SessionEvent } from "./events.ts";
import type { SessionLog } from "./log.ts";

/** Numbers events and writes them; what it resolves has been written and then taken in by `take`, in order. */
export type Record = (body: EventBody, durable?: "durable") => Promise<SessionEvent>;

/** What `recorder` makes. */
export interface Recorder {
  readonly record: Record;
  /** Resolves when all that was given so far is written or refused. Never rejects. */
  readonly settled: () => Promise<void>;
}

interface Waiting {
  readonly body: EventBody;
  readonly durable: boolean;
  readonly resolve: (event: SessionEvent) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * A recorder that goes on after event number `last`. Events of one moment share one write. When a write fails,
 * its events have not happened: their promises reject, nobody sees them, and their numbers are given anew.
 */
export function recorder(
  log: SessionLog,
  clock: Clock,
  last: number,
  take: (event: SessionEvent) => void,
): Recorder {
  let n = last;
  let waiting: Waiting[] = [];
  let draining: Promise<void> | undefined;
  return {
    record: (body, durable) =>
      new Promise((resolve, reject) => {
        waiting.push({ body, durable: durable !== undefined, resolve, reject });
        draining ??= drain();
      }),
    settled: async () => {
      while (draining) await draining;
    },
  };

  async function drain(): Promise<void> {
    // Whoever records in the same turn of the event loop shares the write.
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await write(batch);
    }
    draining = undefined;
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    const at = clock.now();
    const events = batch.map(({ body }, index): SessionEvent => ({ n: n + index + 1, at, ...body }));
    const isDurable = batch.some((it) => it.durable);
    try {
      await log.append(events, isDurable);
    } catch (error) {
      for (const it of batch) it.reject(error);
      return;
    }
    n += batch.length;
    events.forEach((event, index) => {
      take(event);
      batch[index]?.resolve(event);
    });
  }
}
