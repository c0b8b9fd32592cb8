import type { Failure } from "./failure.ts";

/** What to do after a failed try: wait and try again, let the person decide about the wait, or stop trying. */
export type Retry = { readonly waitMs: number } | "ask" | "give-up";

/** A wait longer than this is not taken without asking, in milliseconds. */
export const LONGEST_SILENT_WAIT_MS = 120_000;

const FIRST_WAIT_MS = 1000;
const LONGEST_BACKOFF_MS = 30_000;

/**
 * Whether to try again after `attempt` failed tries (from 1) of the same request. `random` is in [0, 1).
 * What the vendor asks for in `retryAfterMs` is waited in full, with up to a tenth more so that many do not return at once.
 */
export function retryOf(failure: Failure, attempt: number, random: number): Retry {
  if (attempt > retriesOf(failure)) return "give-up";
  const asked = failure.retryAfterMs;
  if (asked === undefined || asked <= 0) return { waitMs: backoff(attempt, random) };
  if (asked > LONGEST_SILENT_WAIT_MS) return "ask";
  return { waitMs: Math.round(asked * (1 + random * 0.1)) };
}

/** Waits of 1, 2, 4 … 30 s, each spread by a quarter to both sides. */
function backoff(attempt: number, random: number): number {
  const step = Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  return Math.round(step * (0.75 + random * 0.5));
}

/** How often a request that failed so may be sent again without change. */
function retriesOf({ kind, status, retryAfterMs }: Failure): number {
  switch (kind) {
    case "no-key-free":
      // Without a time after which one is free, waiting does not help.
      return retryAfterMs === undefined ? 0 : 3;
    case "rate-limit":
    case "overloaded":
    case "network":
    case "silent":
    case "cut":
      return 3;
    case "server":
      return status === 409 ? 2 : 3;
    case "timeout":
      return 1;
    case "no-key":
    case "auth":
    case "credit":
    case "permission":
    case "spend-limit":
    case "budget":
    case "context-full":
    case "too-large":
    case "thinking-mismatch":
    case "model-unknown":
    case "invalid":
    case "tls":
    case "proxy":
    case "redirect":
    case "stopped":
    case "unknown":
      return 0;
  }
}
