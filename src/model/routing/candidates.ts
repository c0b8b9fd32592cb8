import { costOf } from "../price.ts";
import type { ModelInfo, Provider, ProviderType, Rates } from "../provider.ts";
import type { ModelSetting, ProviderSetting, Target } from "./configuration.ts";
import type { Pool } from "./pool.ts";

/** A key of a provider, and what is reached by it. */
export interface Way {
  readonly provider: Provider;
  /** Asked before each call; `undefined`: there is none. */
  readonly key: () => Promise<string | undefined>;
}

/** A provider of the settings, opened. */
export interface OpenedProvider {
  readonly setting: ProviderSetting;
  readonly type: ProviderType;
  readonly pool: Pool;
  /** One for each instance of the pool, in its order. */
  readonly ways: readonly Way[];
  /** Resolves when what earlier processes knew of its keys is known; absent: there is nothing to know. */
  readonly ready?: Promise<void>;
}

/** Every provider whose settings name a model, in their order; else the first whose type claims it, or that has listed it. */
export function servingTargets(
  providers: readonly OpenedProvider[],
  model: string,
  hasListed: (provider: string, model: string) => boolean,
): readonly Target[] {
  const naming = providers.filter((it) => it.setting.models.some((known) => known.id === model));
  const open = providers.filter((it) => it.setting.models.length === 0);
  const claiming =
    open.find((it) => it.type.claims(model)) ?? open.find((it) => hasListed(it.setting.name, model));
  const serving = naming.length > 0 || claiming === undefined ? naming : [claiming];
  return serving.map((it) => ({ provider: it.setting.name, model }));
}

/** What is known of a model at a provider: what the settings say goes before what the vendor or our table says. */
export function infoAt(
  { setting, type }: OpenedProvider,
  model: string,
  listed: ModelInfo | undefined,
): ModelInfo | undefined {
  const set = setting.models.find((it) => it.id === model);
  const known = listed ?? type.infoOf(model);
  if (set === undefined) return known && { ...known, provider: setting.name };
  const base = known ?? PLAIN;
  const rates = ratesOf(set);
  return {
    ...base,
    id: model,
    name: known?.name ?? model,
    provider: setting.name,
    contextWindow: set.contextWindow ?? base.contextWindow,
    maxOutput: set.maxOutput ?? base.maxOutput,
    ...(rates && { rates }),
  };
}

/** What is assumed of a model of which nothing is known. */
const PLAIN: ModelInfo = {
  id: "",
  name: "",
  contextWindow: 128_000,
  maxOutput: 16_384,
  efforts: [],
  images: true,
  rates: undefined,
};

function ratesOf({ price }: ModelSetting): Rates | undefined {
  if (price === undefined) return undefined;
  const write = price.cacheWrite ?? price.input;
  return {
    input: price.input,
    output: price.output,
    cacheRead: price.cacheRead ?? price.input,
    cacheWrite5m: write,
    cacheWrite1h: write,
  };
}

/** Dollars that a request of about `tokens` costs at least, before its answer; 0 where the price is not known. */
export function expectedCost(info: ModelInfo | undefined, tokens: number): number {
  if (info?.rates === undefined) return 0;
  const usage = { input: tokens, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0, output: 0 };
  return costOf(usage, info) ?? 0;
}
