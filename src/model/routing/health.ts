import type { Failure } from "../failure.ts";

/** How an instance is, with what people are told of it. Times are milliseconds since 1970. */
export interface HealthState {
  /** "cooling": not asked before `until`; then one trial decides. "disabled": not asked until its key changes. */
  readonly state: "healthy" | "cooling" | "disabled";
  readonly until: number;
  readonly reason: string;
  /** Failures in a row. */
  readonly failures: number;
  /** Part of the requests that fail, the later ones weighing more, 0 to 1. */
  readonly failureRate: number;
  /** Milliseconds to the first byte, likewise; 0: not known. */
  readonly latencyMs: number;
  /** Models the key has not got, until when. */
  readonly without: Readonly<Record<string, number>>;
}

/** An instance of which nothing bad is known. */
export const HEALTHY: HealthState = {
  state: "healthy",
  until: 0,
  reason: "",
  failures: 0,
  failureRate: 0,
  latencyMs: 0,
  without: {},
};

/** Weight of the newest request in a running mean. */
const NEWEST = 0.2;

const SHORTEST_COOLING_MS = 1_000;
const LONGEST_COOLING_MS = 3_600_000;
/** Without a word of the vendor how long to wait. */
const RATE_LIMIT_MS = 30_000;
const OVERLOADED_MS = 2_000;
/** Failures of the server, the network or in time that end a key's turn. */
const BREAKING = 3;
const FORBIDDEN_MS = 300_000;
const HOUR_MS = 3_600_000;

/** After a success that took `latencyMs` to its first byte. */
export function afterSuccess(before: HealthState, latencyMs: number): HealthState {
  return {
    ...HEALTHY,
    failureRate: before.failureRate * (1 - NEWEST),
    latencyMs:
      before.latencyMs === 0 ? latencyMs : before.latencyMs + NEWEST * (latencyMs - before.latencyMs),
    without: before.without,
  };
}

/**
 * After a failure at `now`. A wrong request and Stop say nothing about the key. `random` in [0, 1) spreads the end of
 * a cooling, so that not all return at once.
 */
export function afterFailure(
  before: HealthState,
  failure: Failure,
  model: string,
  now: number,
  random: number,
): HealthState {
  if (failure.kind === "model-unknown") return withoutModel(before, model, WITHOUT_MS, now);
  // Other models of the same vendor may have room.
  if (failure.kind === "overloaded") {
    const waitMs = failure.retryAfterMs ?? OVERLOADED_MS * (1 + 0.1 * random);
    return withoutModel(before, model, waitMs, now);
  }
  if (!isOfTheKey(failure)) return before;
  const failures = before.failures + 1;
  const counted = {
    ...before,
    failures,
    failureRate: before.failureRate + NEWEST * (1 - before.failureRate),
  };
  const reason = `${failure.kind}: ${failure.message}`.slice(0, 300);
  const cooling = (ms: number): HealthState => ({
    ...counted,
    state: "cooling",
    until: now + Math.round(ms),
    reason,
  });
  const growing = (first: number) =>
    Math.min(LONGEST_COOLING_MS, first * 2 ** Math.min(20, failures - 1)) * (1 + 0.1 * random);
  switch (failure.kind) {
    case "no-key":
    case "auth":
      return { ...counted, state: "disabled", until: Number.MAX_SAFE_INTEGER, reason };
    case "permission":
      return failures >= BREAKING ? { ...cooling(HOUR_MS) } : cooling(FORBIDDEN_MS);
    case "credit":
    case "spend-limit":
      return cooling(failure.retryAfterMs ?? HOUR_MS);
    case "rate-limit":
      return cooling(failure.retryAfterMs ?? growing(RATE_LIMIT_MS));
    default:
      if (failure.retryAfterMs !== undefined) return cooling(failure.retryAfterMs);
      // A trial that failed goes back to cooling at once; one slip of a healthy one does not count.
      return before.state === "cooling" || failures >= BREAKING
        ? cooling(growing(SHORTEST_COOLING_MS))
        : { ...counted, reason };
  }
}

/**
 * After a failure of a request that had begun before its key was taken out: of many that fail at once each would
 * double the time, so it counts only where it keeps the key out for longer by itself.
 */
export function afterLateFailure(
  before: HealthState,
  failure: Failure,
  model: string,
  now: number,
  random: number,
): HealthState {
  const alone = afterFailure({ ...before, state: "healthy", failures: 0 }, failure, model, now, random);
  const { state, until, reason, without } = alone;
  return state !== "healthy" && until > before.until
    ? { ...before, state, until, reason, without }
    : { ...before, without };
}

/** Whether a failure says something about the key or the way to the vendor, and not about the request. */
export function isOfTheKey({ kind }: Failure): boolean {
  return !OF_THE_REQUEST.has(kind);
}

const OF_THE_REQUEST: ReadonlySet<Failure["kind"]> = new Set([
  "context-full",
  "too-large",
  "thinking-mismatch",
  "model-unknown",
  "invalid",
  "stopped",
]);

/** Whether a failure is one of the way to the vendor, or of its server, and would be with any key. */
export function isOfTheWay(kind: string): boolean {
  return OF_THE_WAY.has(kind);
}

const OF_THE_WAY: ReadonlySet<string> = new Set<Failure["kind"]>([
  "server",
  "network",
  "timeout",
  "silent",
  "cut",
  "proxy",
  "tls",
  "redirect",
  "unknown",
]);

/** The kind of the failure because of which an instance is out; "" when it is not. */
export function causeOf({ state, reason }: HealthState): string {
  return state === "healthy" ? "" : reason.slice(0, Math.max(0, reason.indexOf(":")));
}

/** How long a key is not asked for a model it has not got. */
const WITHOUT_MS = HOUR_MS;

/** Most models that are known to be missing: clients may ask for whatever they like. */
const MOST_WITHOUT = 200;

function withoutModel(before: HealthState, model: string, waitMs: number, now: number): HealthState {
  const others = Object.entries(before.without).filter(([name, end]) => name !== model && end > now);
  const kept = others.slice(-(MOST_WITHOUT - 1));
  return { ...before, without: Object.fromEntries([...kept, [model, now + waitMs]]) };
}

/** Why an instance may not be asked for a model now; `undefined`: it may. "trial": one request may find out. */
export function standing(
  health: HealthState,
  model: string,
  now: number,
): "free" | "trial" | { readonly until: number } {
  const without = health.without[model];
  if (without !== undefined && without > now) return { until: without };
  if (health.state === "healthy") return "free";
  return health.state === "cooling" && health.until <= now ? "trial" : { until: health.until };
}
