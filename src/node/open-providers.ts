import type { ProviderType } from "../model/provider.ts";
import { providerTypes } from "../model/providers/all.ts";
import type { OpenedProvider, Way } from "../model/routing/candidates.ts";
import type { ProviderSetting } from "../model/routing/configuration.ts";
import { openPool } from "../model/routing/pool.ts";
import { quotaLeft } from "../model/routing/quota.ts";
import type { HealthFile } from "./health-file.ts";
import { hasOwnKey, type KeySource, keyBehind, labelOf } from "./key-source.ts";

/** How long a stream may be silent before it counts as dead, in milliseconds. */
const SILENCE_MS = 60_000;

/** What providers are opened with. */
export interface ProviderParts {
  readonly keys: KeySource;
  readonly health: HealthFile;
  readonly now: () => number;
  readonly fetch: typeof fetch;
  /** Types beyond the shelf, such as the editor's own models; opened only where the settings name them. */
  readonly types: readonly ProviderType[];
  /** Called whenever the state of a key has changed. */
  readonly onHealth?: () => void;
}

/** Opens the providers of the settings, and behind them those that are reached without any. */
export function openProviders(
  settings: readonly ProviderSetting[],
  anthropicUrl: string | undefined,
  parts: ProviderParts,
): readonly OpenedProvider[] {
  const types = [...providerTypes, ...parts.types];
  const named = settings.flatMap((setting) => {
    const type = types.find((it) => it.type === setting.type);
    return type === undefined ? [] : [openOne(setting, type, parts)];
  });
  const others = reachedTypes(parts.keys).filter((type) => !settings.some((it) => it.name === type.type));
  return [
    ...named,
    ...others.map((type) =>
      openOne(plainSetting(type, addressFor(type, anthropicUrl, parts.keys)), type, parts),
    ),
  ];
}

/** Types that need no settings: Claude and the offline model always, others when there is a key of theirs. */
export function reachedTypes(keys: KeySource): readonly ProviderType[] {
  const isAlways = (type: string) => type === "anthropic" || type === "offline";
  return providerTypes.filter((it) => isAlways(it.type) || hasOwnKey(it, keys));
}

/** Addresses that the environment names, as the vendors' own SDKs take them. */
function addressFor(
  { type }: ProviderType,
  anthropicUrl: string | undefined,
  { env }: KeySource,
): string | undefined {
  if (type === "anthropic") return anthropicUrl;
  return (type === "openai" && env["OPENAI_BASE_URL"]) || undefined;
}

function plainSetting(type: ProviderType, baseUrl: string | undefined): ProviderSetting {
  return {
    name: type.type,
    type: type.type,
    baseUrl,
    keys: [],
    weights: [],
    strategy: "smart",
    sticky: true,
    limits: {},
    models: [],
    options: {},
  };
}

function openOne(setting: ProviderSetting, type: ProviderType, parts: ProviderParts): OpenedProvider {
  const references = setting.keys.length === 0 ? [""] : setting.keys;
  const ways = references.map((it, index) => wayTo(it, setting, type, { ...parts, fetch: hearing(index) }));
  const { health, now, onHealth } = parts;
  const pool = openPool({
    provider: setting.name,
    labels: references.map(labelOf),
    weights: setting.weights,
    strategy: setting.strategy,
    sticky: setting.sticky,
    limits: setting.limits,
    now,
    random: Math.random,
    onChanged: (instance) => {
      onHealth?.();
      const way = ways[pool.instances.indexOf(instance)];
      // A key that cannot be had has no state worth keeping.
      way?.key().then(
        (key) => health.put(instance.id, instance.health, mark(key)),
        () => undefined,
      );
    },
  });
  return { setting, type, pool, ways, ready: adopted() };

  /** What vendors tell of their limits with each answer. */
  function hearing(index: number): typeof fetch {
    return async (input, init) => {
      const answer = await parts.fetch(input, init);
      const left = quotaLeft((name) => answer.headers.get(name));
      if (left !== undefined) pool.quota(pool.instances[index]?.id ?? "", left);
      return answer;
    };
  }
  /** What was found out about a key says nothing of the one that has taken its place, nor of another address. */
  async function adopted(): Promise<void> {
    for (const [index, way] of ways.entries()) {
      const id = pool.instances[index]?.id ?? "";
      const known = health.of(id);
      if (known === undefined) continue;
      const key = await way.key().catch(() => undefined);
      if (health.isOf(id, mark(key))) pool.adopt(id, known);
    }
  }
  function mark(key: string | undefined): string {
    return `${key ?? ""} ${setting.baseUrl ?? ""}`;
  }
}

function wayTo(
  reference: string,
  setting: ProviderSetting,
  type: ProviderType,
  { keys, fetch }: ProviderParts,
): Way {
  const key = () => keyBehind(reference, type, keys);
  const { baseUrl, options, models, silenceMs = SILENCE_MS } = setting;
  const setup = { key, baseUrl, fetch, silenceMs, options, models };
  return { provider: type.open(setup), key };
}
