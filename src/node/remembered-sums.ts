import type { Attempt, Spending } from "../model/ledger.ts";

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
  /** By whose they are, and since when. */
  const known = new Map<string, Map<number, number>>();
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    spent(of) {
      if (now() - readAt > freshMs) {
        known.clear();
        readAt = now();
      }
      const id = `${of.scope} ${of.name}`;
      const there = known.get(id);
      const sum = there?.get(of.since) ?? read(of);
      if (there) there.set(of.since, sum);
      else known.set(id, new Map([[of.since, sum]]));
      return sum;
    },
    add(attempt) {
      if (!attempt.cost) return;
      for (const [scope, name] of scopesOf(attempt)) {
        const sums = known.get(`${scope} ${name}`);
        if (sums === undefined) continue;
        for (const [since, sum] of sums) if (attempt.time >= since) sums.set(since, sum + attempt.cost);
      }
    },
  };
}

/** To whom an attempt's cost is put down. */
export function scopesOf(it: Attempt): readonly (readonly [Spending["scope"], string])[] {
  const named = [
    ["session", it.session],
    ["project", it.project],
    ["key", it.key],
    ["user", it.user],
  ] as const;
  return [["total", ""], ...named.filter(([, name]) => name !== "")];
}
