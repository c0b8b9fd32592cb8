import { untilAborted } from "../std/abort.ts";
import { messageOf } from "../std/error-message.ts";
import type { ModelInfo } from "./provider.ts";
import { infoAt, type OpenedProvider } from "./routing/candidates.ts";

/** How a list is made. */
export interface Listing {
  /** How long a vendor may take, in milliseconds; absent: as long as is usual. */
  readonly listMs?: number | undefined;
  /** Called with a sentence about a provider whose vendor's list could not be had. */
  readonly unlisted?: ((provider: string, sentence: string) => void) | undefined;
}

/** How long a vendor may take to list its models, in milliseconds: less than people wait for a list. */
const LIST_MS = 8_000;

/**
 * The models of some providers, in their order. Of one whose vendor does not answer in time, or in time for whoever
 * asks, those that are known without it. Rejects only when it is stopped, and not by a time limit.
 */
export async function modelsOf(
  providers: readonly OpenedProvider[],
  { listMs = LIST_MS, unlisted }: Listing,
  signal: AbortSignal,
): Promise<readonly ModelInfo[]> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(listMs)]);
  const lists = providers.map((it) =>
    untilAborted(listedBy(it, within), within).catch((error: unknown) => {
      if (signal.aborted && !isTimeLimit(signal.reason)) throw signal.reason;
      const why = isTimeLimit(error) ? `within ${listMs / 1_000} s` : `(${messageOf(error)})`;
      const { name } = it.setting;
      unlisted?.(name, `The models of "${name}" could not be listed ${why}; those that are known are shown.`);
      return described(it, it.type.known ?? []);
    }),
  );
  return (await Promise.all(lists)).flat();
}

function isTimeLimit(error: unknown): boolean {
  return error instanceof Error && error.name === "TimeoutError";
}

async function listedBy(opened: OpenedProvider, signal: AbortSignal): Promise<readonly ModelInfo[]> {
  return described(opened, (await opened.ways[0]?.provider.models(signal)) ?? []);
}

/** What a provider serves: what its settings name, else what its vendor has. */
function described(opened: OpenedProvider, vendors: readonly ModelInfo[]): readonly ModelInfo[] {
  const { models } = opened.setting;
  const known = new Map(vendors.map((it) => [it.id, it]));
  const ids = models.length > 0 ? models.map((it) => it.id) : vendors.map((it) => it.id);
  return ids.flatMap((id) => infoAt(opened, id, known.get(id)) ?? []);
}

/** The models of some providers, named as `Router.models` names them. */
export async function listModels(
  providers: readonly OpenedProvider[],
  signal: AbortSignal,
): Promise<readonly ModelInfo[]> {
  return named(await modelsOf(providers, {}, signal));
}

/** A model that several providers have is named with the provider, but for the first. */
export function named(models: readonly ModelInfo[]): readonly ModelInfo[] {
  const taken = new Set<string>();
  return models.map((it) => {
    const isFirst = !taken.has(it.id);
    taken.add(it.id);
    return isFirst ? it : { ...it, id: `${it.provider}/${it.id}` };
  });
}
