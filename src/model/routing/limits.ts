import type { Limits } from "./configuration.ts";

/** Counts what happened within a time, in sixty steps of it. */
interface Window {
  add(amount: number, now: number): void;
  sum(now: number): number;
  /** Milliseconds until `room` is free below `limit`. */
  waitFor(room: number, limit: number, now: number): number;
}

const STEPS = 60;

function windowOf(lengthMs: number): Window {
  const stepMs = lengthMs / STEPS;
  const amounts = new Float64Array(STEPS);
  let newest = 0;
  let total = 0;
  const forward = (now: number) => {
    const step = Math.floor(now / stepMs);
    if (step <= newest) return;
    for (let it = Math.max(newest + 1, step - STEPS + 1); it <= step; it++) {
      total -= amounts[it % STEPS] ?? 0;
      amounts[it % STEPS] = 0;
    }
    if (step - newest >= STEPS) total = 0;
    newest = step;
  };
  return {
    add(amount, now) {
      forward(now);
      const at = newest % STEPS;
      amounts[at] = (amounts[at] ?? 0) + amount;
      total += amount;
    },
    sum(now) {
      forward(now);
      return total;
    },
    waitFor(room, limit, now) {
      forward(now);
      let left = total;
      for (let it = newest - STEPS + 1; it <= newest; it++) {
        if (left + room <= limit) return Math.max(0, (it + STEPS - 1) * stepMs - now);
        left -= amounts[((it % STEPS) + STEPS) % STEPS] ?? 0;
      }
      return lengthMs;
    },
  };
}

/** Limits of one key, user or project, as they are used up. */
export interface Meter {
  /** Milliseconds to wait until a request of about `tokens` fits; 0: now. One that is larger than a limit alone goes when all is free. */
  wait(tokens: () => number, now: number): number;
  begin(now: number): void;
  /** Tokens as they were in the end. */
  spend(tokens: number, now: number): void;
}

const MINUTE = 60_000;
const WINDOWS = [
  ["requestsPerMinute", MINUTE, "requests"],
  ["requestsPerHour", 60 * MINUTE, "requests"],
  ["requestsPerDay", 1440 * MINUTE, "requests"],
  ["tokensPerMinute", MINUTE, "tokens"],
  ["tokensPerHour", 60 * MINUTE, "tokens"],
  ["tokensPerDay", 1440 * MINUTE, "tokens"],
] as const;

/** A meter of limits. */
export function meterOf(limits: Limits): Meter {
  const set = WINDOWS.flatMap(([name, lengthMs, what]) => {
    const limit = limits[name];
    return limit === undefined ? [] : [{ limit, what, window: windowOf(lengthMs) }];
  });
  const add = (wanted: "requests" | "tokens", amount: number, now: number) => {
    for (const { what, window } of set) if (what === wanted) window.add(amount, now);
  };
  return {
    wait(tokens, now) {
      let longest = 0;
      for (const { limit, what, window } of set) {
        const room = what === "requests" ? 1 : Math.min(tokens(), limit);
        if (window.sum(now) + room > limit) longest = Math.max(longest, window.waitFor(room, limit, now));
      }
      return longest;
    },
    begin: (now) => add("requests", 1, now),
    spend: (tokens, now) => add("tokens", tokens, now),
  };
}
