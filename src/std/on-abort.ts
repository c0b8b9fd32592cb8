/**
 * Calls `work` when the signal is aborted, until `offAbort` is given the same; one that is aborted already calls nothing.
 * All for one signal share one listener that stays: adding one to an event target and removing it takes longer than much
 * else that a request needs. `work` must not throw.
 */
export function onAbort(signal: AbortSignal, work: () => void): void {
  const there = works.get(signal);
  if (there !== undefined) return void there.push(work);
  const all = [work];
  works.set(signal, all);
  signal.addEventListener("abort", () => {
    // One may take back what else waits.
    for (let it = all.pop(); it !== undefined; it = all.pop()) it();
  });
}

/** Does nothing when `work` is not waiting for the signal. */
export function offAbort(signal: AbortSignal, work: () => void): void {
  const all = works.get(signal);
  const at = all?.lastIndexOf(work) ?? -1;
  if (all === undefined || at === -1) return;
  const last = all.pop();
  if (last !== undefined && at < all.length) all[at] = last;
}

const works = new WeakMap<AbortSignal, (() => void)[]>();
