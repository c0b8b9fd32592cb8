/**
 * Does what is asked for within one turn of the event loop together, behind the turn's events. Every write to a socket
 * whose reader sleeps wakes it, which takes the kernel longer than the write; of answers that are written one right
 * behind the other only the first has to. One that is alone waits for nothing. `work` must not throw.
 */
export function together(work: () => void): void {
  if (waiting.push(work) === 1) setImmediate(all);
}

const waiting: (() => void)[] = [];

function all(): void {
  // What comes meanwhile belongs to the next turn.
  const count = waiting.length;
  for (let at = 0; at < count; at++) waiting[at]?.();
  waiting.splice(0, count);
  if (waiting.length > 0) setImmediate(all);
}
