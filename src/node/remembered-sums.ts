import type { Attempt, Spending } from "../model/ledger.ts";
import { forEachScope, ScopedSums } from "./scoped-sums.ts";

/** Sums of a ledger as they were read not long ago, and what was spent here since: asking costs no look into the file. */
export interface RememberedSums {
  /** Dollars; what other processes spend shows after `freshMs`. */
  readonly spent: (of: Spending) => number;
  /** Tells what has been spent here. */
  readonly add: (attempt: Attempt) => void;
}

/** Sums behind `read`, which must count all that was added before. `now` is any clock in milliseconds. */
export function rememberedSums(
  read: (of: Spending) => number,
  freshMs: number,
  now: () => number,
): RememberedSums {
  const known = new ScopedSums();
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    spent(of) {
      if (now() - readAt > freshMs) {
        known.clear();
        readAt = now();
      }
      const there = known.of(of.scope, of.name)?.get(of.since);
      if (there !== undefined) return there;
      const sum = read(of);
      known.set(of.scope, of.name, of.since, sum);
      return sum;
    },
    add(attempt) {
      const { cost, time } = attempt;
      if (!cost) return;
      forEachScope(attempt, (scope, name) => {
        const sums = known.of(scope, name);
        if (sums !== undefined)
          for (const [since, sum] of sums) if (time >= since) sums.set(since, sum + cost);
      });
    },
  };
}
