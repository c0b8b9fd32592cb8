import type { OpenedProvider } from "./candidates.ts";
import { causeOf, type HealthState, isOfTheWay } from "./health.ts";
import type { Instance } from "./pool.ts";

/**
 * What came of asking a vendor for something that is free: "works": it took the key; "reached": it answered something
 * else; "away": no answer, or that of a server that fails; "unknown": there is nothing that could be asked.
 */
export type Checked = "works" | "reached" | "away" | "unknown";

/** What health checks are made of. */
export interface HealthCheckParts {
  readonly providers: () => readonly OpenedProvider[];
  /** Asks with one key, by its place in the pool. Rejects only where it is aborted. */
  readonly check: (opened: OpenedProvider, index: number, signal: AbortSignal) => Promise<Checked>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Does `work` after a time in milliseconds, unless what it returns is called. It keeps no process alive. */
  readonly later: (ms: number, work: () => void) => () => void;
}

/** Looks, from time to time, whether keys that are out could be asked again. */
export interface HealthChecks {
  /** To be called with every request: when none came for a while, nothing is checked. */
  readonly used: () => void;
  /** Ends what is under way. */
  readonly close: () => void;
}

/** How often it is looked whether a check is due, in milliseconds. */
const LOOK_MS = 15_000;
/** After the last request that long, in milliseconds, nothing is checked any more. */
const IDLE_MS = 10 * 60_000;
/** Checks at one time. */
const MOST_AT_ONCE = 4;

/** When keys that are out are checked first, and at most how rarely, in milliseconds. */
interface Sort {
  readonly firstMs: number;
  readonly rarestMs: number;
}

/** The way to the vendor, or its server: whatever it answers, it is there again. */
const WAY: Sort = { firstMs: 15_000, rarestMs: 10 * 60_000 };
/** The key itself: only that it is taken says something. */
const KEY: Sort = { firstMs: 5 * 60_000, rarestMs: 3_600_000 };

interface Plan {
  due: number;
  waitMs: number;
}

/**
 * Checks of keys that are out because of the way to the vendor, or because they were not taken; of what is limited,
 * without credit or not allowed nothing free can tell when that is over. A check brings a key back sooner and never
 * keeps it out for longer: after "reached" the next request tries it, as it would at the end of its time.
 */
export function healthChecks(parts: HealthCheckParts): HealthChecks {
  const { providers, now, later } = parts;
  const plans = new WeakMap<Instance, Plan>();
  const closing = new AbortController();
  let lastUse = 0;
  let cancel: (() => void) | undefined;
  const look = () => {
    if (closing.signal.aborted) return;
    // The next request begins anew.
    if (now() - lastUse > IDLE_MS) return void (cancel = undefined);
    const due = providers().flatMap((opened) => dueOf(opened));
    void Promise.all(due.slice(0, MOST_AT_ONCE).map((it) => it())).finally(() => {
      if (!closing.signal.aborted) cancel = later(LOOK_MS, look);
    });
  };
  return {
    used() {
      lastUse = now();
      if (!closing.signal.aborted) cancel ??= later(LOOK_MS, look);
    },
    close() {
      closing.abort();
      cancel?.();
    },
  };

  /** The checks that are due, not yet begun. */
  function dueOf(opened: OpenedProvider): readonly (() => Promise<void>)[] {
    return opened.pool.instances.flatMap((instance, index) => {
      const sort = sortOf(instance.health);
      if (sort === undefined) {
        plans.delete(instance);
        return [];
      }
      const plan = plans.get(instance) ?? { due: now() + sort.firstMs, waitMs: sort.firstMs };
      plans.set(instance, plan);
      if (plan.due > now() || instance.isTried) return [];
      return [() => checkOne({ opened, instance, index, sort, plan }, parts, closing.signal)];
    });
  }
}

/** A check that is due. */
interface Due {
  readonly opened: OpenedProvider;
  readonly instance: Instance;
  readonly index: number;
  readonly sort: Sort;
  readonly plan: Plan;
}

async function checkOne(
  { opened, instance, index, sort, plan }: Due,
  { check, now, random }: HealthCheckParts,
  signal: AbortSignal,
): Promise<void> {
  const before = instance.health;
  plan.waitMs = Math.min(sort.rarestMs, plan.waitMs * 2);
  // Those that went out together do not come all at once.
  plan.due = now() + plan.waitMs * (1 + random() / 10);
  const checked = await check(opened, index, signal).catch((): Checked => "away");
  // What requests have found out meanwhile is newer.
  if (signal.aborted || instance.health !== before) return;
  if (sort === KEY && checked === "works") opened.pool.restore(instance.id);
  if (sort === WAY && (checked === "works" || checked === "reached"))
    opened.pool.adopt(instance.id, { ...before, until: Math.min(before.until, now()) });
}

function sortOf(health: HealthState): Sort | undefined {
  if (health.state === "disabled") return KEY;
  return health.state === "cooling" && isOfTheWay(causeOf(health)) ? WAY : undefined;
}
