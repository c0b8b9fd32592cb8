import type { Strategy } from "./configuration.ts";
import type { Instance } from "./pool.ts";

/** The instance that takes a request, of those that are open; looked at from number `turn` on. `undefined`: none is. */
export function chosen(
  strategy: Strategy,
  instances: readonly Instance[],
  isOpen: (it: Instance) => boolean,
  turn: number,
  { now, random }: { readonly now: number; readonly random: () => number },
): Instance | undefined {
  switch (strategy) {
    case "round_robin":
      return inTurn(instances, isOpen, turn);
    case "weighted":
      return instances.length > MOST_COMPARED
        ? byChance(instances, isOpen, random())
        : byWeight(instances, isOpen);
    case "health_best":
      return least(instances, isOpen, turn, (it) => [
        it.health.failureRate,
        it.health.latencyMs,
        it.inFlight,
      ]);
    case "smart":
      return least(instances, isOpen, turn, (it) => [cost(it, now)]);
  }
}

/** Instances that are looked at for one request: to find the very best of a thousand is worth less than the time. */
const MOST_COMPARED = 64;

function inTurn(
  instances: readonly Instance[],
  isOpen: (it: Instance) => boolean,
  turn: number,
): Instance | undefined {
  for (let step = 0; step < instances.length; step++) {
    const it = instances[(turn + step) % instances.length];
    if (it !== undefined && isOpen(it)) return it;
  }
  return undefined;
}

/** Smooth weighted turns, as nginx has them (its commit "Upstream: smooth weighted round-robin balancing", 2012). */
function byWeight(instances: readonly Instance[], isOpen: (it: Instance) => boolean): Instance | undefined {
  let total = 0;
  let best: Instance | undefined;
  for (const it of instances) {
    if (it.weight === 0 || !isOpen(it)) continue;
    it.owed += it.weight;
    total += it.weight;
    if (best === undefined || it.owed > best.owed) best = it;
  }
  if (best !== undefined) best.owed -= total;
  return best;
}

/** By chance, in proportion to the weights, which needs no account of every one; the next where that one is not open. */
function byChance(
  instances: readonly Instance[],
  isOpen: (it: Instance) => boolean,
  chance: number,
): Instance | undefined {
  let total = 0;
  for (const it of instances) total += it.weight;
  let left = chance * total;
  const at = instances.findIndex((it) => (left -= it.weight) < 0);
  return inTurn(instances, (it) => it.weight > 0 && isOpen(it), Math.max(0, at));
}

/** The one with the least values, compared one after another; among equals they take turns. */
function least(
  instances: readonly Instance[],
  isOpen: (it: Instance) => boolean,
  turn: number,
  valuesOf: (it: Instance) => readonly number[],
): Instance | undefined {
  let best: Instance | undefined;
  let values: readonly number[] = [];
  for (let step = 0; step < instances.length; step++) {
    if (step >= MOST_COMPARED && best !== undefined) return best;
    const it = instances[(turn + step) % instances.length];
    if (it === undefined || !isOpen(it)) continue;
    const own = valuesOf(it);
    if (best === undefined || isLess(own, values)) {
      best = it;
      values = own;
    }
  }
  return best;
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    if (value !== other) return value < other;
  }
  return false;
}

/** Milliseconds that a failure costs: it has to be asked again, elsewhere. */
const FAILURE_MS = 20_000;
/** Milliseconds by which another request at the same key delays this one. */
const COMPANY_MS = 50;
/** Milliseconds that a key costs whose limit at the vendor is nearly used up. */
const QUOTA_MS = 2_000;

/**
 * What asking an instance is expected to cost, in milliseconds: its time to the first byte, its failures, its company,
 * and how little is left of the vendor's limit, which counts from the last quarter on. Price is the same for all keys
 * of a provider, and the warmth of caches is what `sticky` is for.
 */
function cost({ health, inFlight, quotaLeft, quotaAt }: Instance, now: number): number {
  // Vendors' limits are by the minute.
  const scarcity = now - quotaAt > 60_000 ? 0 : Math.max(0, 0.25 - quotaLeft) * 4;
  return health.latencyMs + health.failureRate * FAILURE_MS + inFlight * COMPANY_MS + scarcity * QUOTA_MS;
}
