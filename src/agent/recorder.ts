import type { Clock } from "../world.ts";
import type { EventBody, SessionEvent } from "./events.ts";
import type { SessionLog } from "./log.ts";

/** Numbers events and writes them; what it resolves has been written and then taken in by `take`, in order. */
export type Record = (body: EventBody, durable?: "durable") => Promise<SessionEvent>;

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
): Record {
  let n = last;
  let waiting: Waiting[] = [];
  let isWriting = false;
  return (body, durable) =>
    new Promise((resolve, reject) => {
      waiting.push({ body, durable: durable !== undefined, resolve, reject });
      if (!isWriting) void drain();
    });

  async function drain(): Promise<void> {
    isWriting = true;
    // Whoever records in the same turn of the event loop shares the write.
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await write(batch);
    }
    isWriting = false;
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    const at = clock.now();
    const events = batch.map(({ body }, index): SessionEvent => ({ n: n + index + 1, at, ...body }));
    try {
      await log.append(
        events,
        batch.some((it) => it.durable),
      );
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
