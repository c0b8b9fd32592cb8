import type { Failure } from "../failure.ts";
import { inputOf } from "../price.ts";
import type { Router } from "../router.ts";
import type { AskerLimits, Limits, LimitsByName } from "./configuration.ts";
import { type FairGate, fairGate } from "./fair-gate.ts";
import { type Meter, meterOf } from "./limits.ts";
import { matcher } from "./pattern.ts";
import type { Signals } from "./signals.ts";

/** Holds the limits of users and projects, each of which has an account of its own. */
export interface AskerLimiter {
  /** Takes other limits. Whoever keeps the limits they had keeps what was counted of them, too. */
  use(limits: AskerLimits): void;
  /**
   * Counts a request and resolves when there is a place for it; with the failure when a limit is used up ("rate-limit",
   * with the time to wait), or when `signal` was aborted meanwhile ("stopped").
   */
  admit(signals: Signals, signal: AbortSignal): Promise<Admission | Failure>;
}

/** A request that was let through. */
export interface Admission {
  /** To be called at its end, with the tokens of input and output; a second call does nothing. */
  end(tokens: number): void;
}

/** What one user or project has used up. */
interface Account {
  /** For people. */
  readonly name: string;
  readonly limits: Limits;
  readonly meter: Meter;
  readonly gate: FairGate | undefined;
}

/** Most users and projects that are remembered: clients may name projects as they like. */
const MOST_ACCOUNTS = 10_000;
const STOPPED: Failure = { kind: "stopped", message: "stopped" };
const FREE: Admission = { end: () => undefined };

/** A limiter without limits. `now` gives milliseconds since 1970. */
export function askerLimiter(now: () => number): AskerLimiter {
  let limitsOf = { user: nobodysLimits, project: nobodysLimits };
  /** By name, the one that was asked for last at the end; `undefined`: without limits. Apart, so that no number of projects makes anybody forget what a user has used up. */
  const accounts: Readonly<Record<Kind, Map<string, Account | undefined>>> = {
    user: new Map(),
    project: new Map(),
  };
  return {
    use({ users, projects }) {
      limitsOf = { user: limitsByName(users), project: limitsByName(projects) };
      for (const kind of KINDS)
        for (const [name, account] of accounts[kind])
          if (!isSame(account?.limits, limitsOf[kind](name))) accounts[kind].delete(name);
    },
    async admit(signals, signal) {
      const { user, project } = signals;
      const own = [accountOf("user", user), accountOf("project", project)];
      const held = own.filter((it) => it !== undefined);
      if (held.length === 0) return FREE;
      const refusal = usedUp(held, signals, now());
      if (refusal !== undefined) return refusal;
      // Before it waits for a place: else all that wait would pass a limit that has room for one.
      for (const { meter } of held) meter.begin(now());
      const leave = await entered(held, signals, signal);
      if (leave === undefined) return STOPPED;
      return { end: once((tokens) => ended(held, leave, tokens, now())) };
    },
  };

  function accountOf(kind: Kind, name: string): Account | undefined {
    if (name === "") return undefined;
    const known = accounts[kind];
    const isKnown = known.has(name);
    const account = isKnown ? known.get(name) : opened(kind, name, limitsOf[kind](name));
    // The one that was used last stands last.
    known.delete(name);
    known.set(name, account);
    if (known.size > MOST_ACCOUNTS)
      for (const oldest of known.keys()) {
        known.delete(oldest);
        break;
      }
    return account;
  }
}

type Kind = "user" | "project";

const KINDS: readonly Kind[] = ["user", "project"];

function isSame(a: Limits | undefined, b: Limits | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function opened(kind: Kind, name: string, limits: Limits | undefined): Account | undefined {
  if (limits === undefined) return undefined;
  const gate = limits.concurrent === undefined ? undefined : fairGate(limits.concurrent);
  return { name: `the ${kind} "${name}"`, limits, meter: meterOf(limits), gate };
}

/** The limits of a name; `undefined`: it has none. */
type LimitsOf = (name: string) => Limits | undefined;

const nobodysLimits: LimitsOf = () => undefined;

function limitsByName({ each, named }: LimitsByName): LimitsOf {
  const patterns = named.map(({ pattern, limits }) => ({ fits: matcher([pattern]), limits }));
  return (name) => {
    const own = patterns.find(({ fits }) => fits(name))?.limits;
    const all = { ...each, ...own };
    return Object.keys(all).length === 0 ? undefined : all;
  };
}

/** The refusal by whoever has to wait longest; `undefined`: there is room. */
function usedUp(accounts: readonly Account[], { tokens }: Signals, now: number): Failure | undefined {
  let longest = 0;
  let whose = "";
  for (const { meter, name } of accounts) {
    const waitMs = meter.wait(tokens, now);
    if (waitMs <= longest) continue;
    longest = waitMs;
    whose = name;
  }
  if (longest === 0) return undefined;
  const message = `the limit of ${whose} is used up (setting wheelhouse.limits)`;
  return { kind: "rate-limit", message, status: 429, retryAfterMs: longest };
}

/** Enters the gates, always in the same order; `undefined`: whoever asked has gone. */
async function entered(
  accounts: readonly Account[],
  { user, session }: Signals,
  signal: AbortSignal,
): Promise<(() => void) | undefined> {
  const leaves: (() => void)[] = [];
  const leave = () => {
    for (const it of leaves) it();
  };
  for (const { gate, name } of accounts) {
    if (gate === undefined) continue;
    // Those of one user take turns by session, those of one project by user.
    const who = name.startsWith("the user") ? session : user || session;
    const place = await gate.enter(who, signal).catch(() => undefined);
    if (place === undefined) {
      leave();
      return undefined;
    }
    leaves.push(place);
  }
  return leave;
}

function ended(accounts: readonly Account[], leave: () => void, tokens: number, now: number): void {
  leave();
  for (const { meter } of accounts) meter.spend(tokens, now);
}

function once(work: (tokens: number) => void): (tokens: number) => void {
  let isDone = false;
  return (tokens) => {
    if (isDone) return;
    isDone = true;
    work(tokens);
  };
}

/** Whether anybody has a limit. */
export function hasAskerLimits({ users, projects }: AskerLimits): boolean {
  return [users, projects].some(({ each, named }) => Object.keys(each).length > 0 || named.length > 0);
}

/** A router's `begin` that lets through what users' and projects' limits allow. */
export function limited(begin: Router["begin"], limiter: AskerLimiter): Router["begin"] {
  return async (signals, way, heard, signal) => {
    const admitted = await limiter.admit(signals, signal);
    if ("kind" in admitted) return admitted;
    try {
      const begun = await begin(signals, way, heard, signal);
      if ("kind" in begun) {
        admitted.end(0);
        return begun;
      }
      return {
        ...begun,
        settle(outcome) {
          admitted.end(inputOf(outcome.usage) + outcome.usage.output);
          begun.settle(outcome);
        },
      };
    } catch (error) {
      admitted.end(0);
      throw error;
    }
  };
}
