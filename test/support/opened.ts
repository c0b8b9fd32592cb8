import { NO_LEDGER } from "../../src/model/ledger.ts";
import type { Provider, ProviderType } from "../../src/model/provider.ts";
import { openRouter, type Router, type RouterParts } from "../../src/model/router.ts";
import type { OpenedProvider } from "../../src/model/routing/candidates.ts";
import { NO_ROUTING, type ProviderSetting } from "../../src/model/routing/configuration.ts";
import { openPool, type PoolSetting } from "../../src/model/routing/pool.ts";
import { NOBODY } from "../../src/model/routing/signals.ts";

/** A provider of the settings with as many keys as it has ways. */
export function openedProvider(
  type: ProviderType,
  ways: readonly Provider[],
  setting: Partial<ProviderSetting> = {},
  pool: Partial<PoolSetting> = {},
): OpenedProvider {
  const whole: ProviderSetting = {
    name: type.type,
    type: type.type,
    baseUrl: undefined,
    keys: [],
    weights: [],
    strategy: "round_robin",
    sticky: true,
    limits: {},
    models: [],
    options: {},
    ...setting,
  };
  return {
    setting: whole,
    type,
    ways: ways.map((provider, index) => ({ provider, key: async () => `key ${index}` })),
    pool: openPool({
      provider: whole.name,
      labels: ways.map((_, index) => `key ${index}`),
      weights: whole.weights,
      strategy: whole.strategy,
      sticky: whole.sticky,
      limits: whole.limits,
      now: () => 0,
      random: () => 0,
      onChanged: () => undefined,
      ...pool,
    }),
  };
}

/** A router that keeps no ledger and knows no clock. */
export function routerOf(providers: readonly OpenedProvider[], more: Partial<RouterParts> = {}): Router {
  let id = 0;
  return openRouter({
    providers,
    routing: NO_ROUTING,
    budget: { warnAt: 0.8 },
    ledger: NO_LEDGER,
    now: () => 0,
    calendar: () => ({ dayStart: 0, monthStart: 0 }),
    newId: () => `attempt ${++id}`,
    asker: NOBODY,
    ...more,
  });
}
