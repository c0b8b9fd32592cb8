/** Runs works that share a key one after the other, in the order they came; keys are taken all or none. */
export interface Locks {
  readonly hold: <T>(keys: readonly string[], work: () => Promise<T>) => Promise<T>;
}

/** New locks, for one process. A failed work frees its keys like any other. */
export function locks(): Locks {
  const tails = new Map<string, Promise<unknown>>();
  return {
    hold(keys, work) {
      const before = Promise.allSettled(keys.map((key) => tails.get(key)));
      const mine = before.then(work);
      const settled = mine.catch(() => undefined);
      for (const key of keys) tails.set(key, settled);
      settled.then(() => {
        for (const key of keys) if (tails.get(key) === settled) tails.delete(key);
      });
      return mine;
    },
  };
}
