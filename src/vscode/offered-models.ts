import type { ModelInfo } from "../model/provider.ts";
import type { Router } from "../model/router.ts";
import type { OpenedProvider } from "../model/routing/candidates.ts";
import { keysWords } from "../model/routing/health-words.ts";

/** What may be chosen: routing first, where it is set, then the models of all providers. */
export async function offeredModels(router: Router, signal: AbortSignal): Promise<readonly ModelInfo[]> {
  const models = await router.models(signal);
  const auto = autoOf(router);
  return auto === undefined ? models : [auto, ...models];
}

/** Routing as a model; `undefined`: none is set. */
export function autoOf(router: Pick<Router, "routing" | "infoOf">): ModelInfo | undefined {
  const target = router.routing.categories.get("default")?.targets[0];
  if (target === undefined) return undefined;
  const { provider, ...info } = router.infoOf("auto") ?? UNKNOWN;
  return {
    ...info,
    id: "auto",
    name: "Auto",
    note: `routing, usually ${target.model} of ${provider ?? target.provider}`,
  };
}

const UNKNOWN: ModelInfo = {
  id: "auto",
  name: "Auto",
  contextWindow: 0,
  maxOutput: 0,
  efforts: [],
  images: true,
  rates: undefined,
};

/** What should be known of providers whose keys may not all be asked, by their names. */
export function healthOfProviders(
  providers: readonly OpenedProvider[],
  now: number,
): Readonly<Record<string, string>> {
  const words = providers.map(({ setting, pool }) => [setting.name, keysWords(pool.instances, now)] as const);
  return Object.fromEntries(words.filter(([, it]) => it !== ""));
}
