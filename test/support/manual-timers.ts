/** Timers that run when the test says so, and the clock they go by. */
export interface ManualTimers {
  readonly now: () => number;
  readonly later: (ms: number, work: () => void) => () => void;
  /** Lets time pass; what is due runs at its time, and what it awaits is waited for. */
  readonly pass: (ms: number) => Promise<void>;
  /** Timers that wait. */
  readonly waiting: () => number;
}

/** Timers whose clock begins at `start`, in milliseconds since 1970. */
export function manualTimers(start: number): ManualTimers {
  let now = start;
  const timers = new Set<{ readonly at: number; readonly work: () => void }>();
  return {
    now: () => now,
    later(ms, work) {
      const timer = { at: now + ms, work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = [...timers].filter((it) => it.at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.work();
        for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
      }
      now = end;
    },
    waiting: () => timers.size,
  };
}
