import type { Failure } from "../failure.ts";
import type { Limits, Strategy } from "./configuration.ts";
import { type FairGate, fairGate } from "./fair-gate.ts";
import {
  afterFailure,
  afterLateFailure,
  afterSuccess,
  HEALTHY,
  type HealthState,
  standing,
} from "./health.ts";
import { type Meter, meterOf } from "./limits.ts";
import { chosen } from "./strategies.ts";

/** One key of a provider. */
export interface Instance {
  /** `provider#number`, from 1. */
  readonly id: string;
  readonly provider: string;
  /** For people: where the key comes from, never the key. */
  readonly label: string;
  readonly weight: number;
  readonly meter: Meter;
  health: HealthState;
  inFlight: number;
  /** Whether a trial is under way. */
  isTried: boolean;
  /** Part of the vendor's own limit that is left, 0 to 1, as its last answer said, and when that was. */
  quotaLeft: number;
  quotaAt: number;
  /** Turns of the weighted strategy that it is owed. */
  owed: number;
}

/** What a pool is made of. */
export interface PoolSetting {
  readonly provider: string;
  readonly labels: readonly string[];
  readonly weights: readonly number[];
  readonly strategy: Strategy;
  readonly sticky: boolean;
  readonly limits: Limits;
  /** What has been used up of the limits of each key, and the places that are taken, under earlier settings; absent: nothing. */
  readonly used?: UsedLimits | undefined;
  /** The outside that is needed. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Called with every change of an instance's health. */
  readonly onChanged: (instance: Instance) => void;
}

/** Limits as they are used up. */
export interface UsedLimits {
  readonly meters: readonly Meter[];
  readonly gate: FairGate | undefined;
}

/** Those of so many keys, of which nothing is used up. */
export function unusedLimits(limits: Limits, keys: number): UsedLimits {
  return {
    meters: Array.from({ length: keys }, () => meterOf(limits)),
    gate: limits.concurrent === undefined ? undefined : fairGate(limits.concurrent),
  };
}

/** An instance that has been taken for one request. */
export interface Taken {
  readonly instance: Instance;
  /** The request has ended; `firstMs`: time to the first byte, absent when none came. */
  succeeded(firstMs: number, tokens: number): void;
  failed(failure: Failure, tokens: number): void;
}

/** Why no instance can be had. */
export interface NoneFree {
  readonly reason: string;
  /** Milliseconds until one may be free; `undefined`: only a change of the settings helps. */
  readonly waitMs: number | undefined;
}

/** The keys of one provider. */
export interface Pool {
  readonly instances: readonly Instance[];
  readonly gate: FairGate | undefined;
  /** An instance for a request, but none of `tried`. */
  take(request: Wanting, tried: ReadonlySet<string>): Taken | NoneFree;
  /** Learns what part of the vendor's limit is left. */
  quota(instance: string, left: number): void;
  /** What an earlier process knew of an instance. */
  adopt(instance: string, health: HealthState): void;
  /** Takes an instance back in, for a person says so or a test went well. */
  restore(instance: string): void;
}

/** For what an instance is wanted. */
export interface Wanting {
  readonly model: string;
  readonly session: string;
  readonly tokens: () => number;
  /** Whether the only key there is may be asked although it is out: there is nobody else, and the vendor's word counts more than ours. */
  readonly isLast?: boolean;
}

/** Most sessions whose key is remembered. */
const MOST_SESSIONS = 10_000;

/** A pool of a provider's keys. */
export function openPool(setting: PoolSetting): Pool {
  const { meters, gate } = setting.used ?? unusedLimits(setting.limits, setting.labels.length);
  const instances = setting.labels.map((label, index) => instanceOf(setting, meters, label, index));
  const homes = new Map<string, Instance>();
  let turn = 0;
  return {
    instances,
    gate,
    take({ model, session, tokens, isLast }, tried) {
      const now = setting.now();
      const isSole = isLast === true && instances.length === 1;
      const isOpen = (it: Instance) =>
        !tried.has(it.id) &&
        (isSole ? overLimit(it, tokens, now) : blockOf(it, model, tokens, now)) === undefined;
      const home = setting.sticky && session !== "" ? homes.get(session) : undefined;
      const isHome = home !== undefined && isOpen(home);
      const outside = { now, random: setting.random };
      const instance = isHome ? home : chosen(setting.strategy, instances, isOpen, turn, outside);
      if (instance === undefined) return noneFree(instances, model, tokens, tried, now);
      // From behind the one that was chosen: else the neighbour of a key that is out would do its work, too.
      if (!isHome) turn = instances.indexOf(instance) + 1;
      if (setting.sticky && session !== "") remember(session, instance);
      return begun(instance, model, setting);
    },
    quota(id, left) {
      const it = instances.find((known) => known.id === id);
      if (!it) return;
      it.quotaLeft = Math.max(0, Math.min(1, left));
      it.quotaAt = setting.now();
    },
    adopt(id, health) {
      const it = instances.find((known) => known.id === id);
      if (it) it.health = health;
    },
    restore(id) {
      const it = instances.find((known) => known.id === id);
      if (!it) return;
      it.health = HEALTHY;
      setting.onChanged(it);
    },
  };

  function remember(session: string, instance: Instance): void {
    // The one that was used last stands last.
    homes.delete(session);
    homes.set(session, instance);
    if (homes.size > MOST_SESSIONS) for (const oldest of homes.keys()) return void homes.delete(oldest);
  }
}

function instanceOf(
  { provider, weights, limits }: PoolSetting,
  meters: readonly Meter[],
  label: string,
  index: number,
): Instance {
  const id = `${provider}#${index + 1}`;
  return {
    id,
    provider,
    label,
    weight: Math.max(0, weights[index] ?? 1),
    meter: meters[index] ?? meterOf(limits),
    health: HEALTHY,
    inFlight: 0,
    isTried: false,
    quotaLeft: 1,
    quotaAt: 0,
    owed: 0,
  };
}

/** Why an instance cannot be taken now. */
function blockOf(it: Instance, model: string, tokens: () => number, now: number): NoneFree | undefined {
  const stands = standing(it.health, model, now);
  if (typeof stands === "object") {
    const waitMs = it.health.state === "disabled" ? undefined : stands.until - now;
    return { reason: whyOut(it.health, model), waitMs };
  }
  if (stands === "trial" && it.isTried)
    return { reason: `${it.health.reason}; being tried again`, waitMs: 1_000 };
  return overLimit(it, tokens, now);
}

function overLimit(it: Instance, tokens: () => number, now: number): NoneFree | undefined {
  const wait = it.meter.wait(tokens, now);
  return wait > 0 ? { reason: "its limit is used up", waitMs: wait } : undefined;
}

function whyOut({ state, reason }: HealthState, model: string): string {
  if (state === "disabled")
    return `${reason} (out until it is another, or "wheelhouse models test" finds that it works)`;
  return reason || `has no "${model}"`;
}

function noneFree(
  instances: readonly Instance[],
  model: string,
  tokens: () => number,
  tried: ReadonlySet<string>,
  now: number,
): NoneFree {
  const blocks = instances
    .filter((it) => !tried.has(it.id))
    .flatMap((it) => {
      const block = blockOf(it, model, tokens, now);
      return block === undefined ? [] : [{ ...block, reason: `${it.id}: ${block.reason}` }];
    });
  const waits = blocks.flatMap((it) => it.waitMs ?? []);
  return {
    reason: blocks.map((it) => it.reason).join("; ") || "every key has been tried",
    waitMs: waits.length > 0 ? Math.max(0, Math.min(...waits)) : undefined,
  };
}

function begun(instance: Instance, model: string, { now, random, onChanged }: PoolSetting): Taken {
  const isTrial = instance.health.state !== "healthy";
  if (isTrial) instance.isTried = true;
  instance.inFlight++;
  instance.meter.begin(now());
  let isOver = false;
  // A request that began before its key was taken out does not bring it back.
  const isLate = () => !isTrial && instance.health.state !== "healthy";
  const over = (health: HealthState, tokens: number) => {
    if (isOver) return;
    isOver = true;
    instance.inFlight--;
    if (isTrial) instance.isTried = false;
    instance.meter.spend(tokens, now());
    const before = instance.health;
    instance.health = health;
    if (health.state !== before.state || health.until !== before.until || health.without !== before.without)
      onChanged(instance);
  };
  return {
    instance,
    succeeded: (firstMs, tokens) =>
      over(isLate() ? instance.health : afterSuccess(instance.health, firstMs), tokens),
    failed(failure, tokens) {
      const after = isLate() ? afterLateFailure : afterFailure;
      over(after(instance.health, failure, model, now(), random()), tokens);
    },
  };
}
