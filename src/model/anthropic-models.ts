import type { CatalogModel } from "./catalog.ts";
import { CATALOG, catalogued, placeOf } from "./catalog.ts";
import type { Effort } from "./conversation.ts";
import { EFFORTS } from "./conversation.ts";
import { countOf, recordOf, textOf } from "./record.ts";

/**
 * The models of a `GET /v1/models` answer, in the table's order, those it does not know behind; retired ones are
 * left out. What the answer says goes before the table, prices are the table's. The whole table when nothing in it is usable.
 */
export function mergeListed(listed: readonly unknown[]): readonly CatalogModel[] {
  const found = listed.map(readListed).filter((it) => it !== undefined);
  if (found.length === 0) return CATALOG;
  return found.toSorted((a, b) => placeOf(a.info.id) - placeOf(b.info.id));
}

function readListed(listed: unknown): CatalogModel | undefined {
  const it = recordOf(listed);
  const id = textOf(it.id);
  if (id === undefined || it.lifecycle === "retired") return undefined;
  const known = catalogued(id);
  const capabilities = recordOf(it.capabilities);
  const types = recordOf(recordOf(capabilities.thinking).types);
  return {
    info: {
      id,
      name: textOf(it.display_name) ?? known?.info.name ?? id,
      contextWindow: countOf(it.max_input_tokens) ?? known?.info.contextWindow ?? 200_000,
      maxOutput: countOf(it.max_tokens) ?? known?.info.maxOutput ?? UNKNOWN_MAX_OUTPUT,
      efforts: effortsOf(capabilities.effort) ?? known?.info.efforts ?? [],
      images: isSupported(capabilities.image_input) ?? known?.info.images ?? false,
      rates: known?.info.rates,
      ...(known?.info.ratesAbove && { ratesAbove: known.info.ratesAbove }),
    },
    adaptive: isSupported(types.adaptive) ?? known?.adaptive ?? false,
    // The list does not say it, and it shapes the prefix of a session: only the table may.
    systemMessages: known?.systemMessages ?? false,
    thinkingOff: isSupported(types.disabled) ?? known?.thinkingOff ?? false,
    forcedCalls: known?.forcedCalls ?? false,
    sampling: known?.sampling ?? false,
  };
}

/** Output tokens that every model still served takes. */
const UNKNOWN_MAX_OUTPUT = 32_000;

/** What is assumed of a model that neither the table nor the vendor describes. */
export function undescribed(id: string): CatalogModel {
  return {
    info: {
      id,
      name: id,
      contextWindow: 200_000,
      maxOutput: UNKNOWN_MAX_OUTPUT,
      efforts: [],
      images: true,
      rates: undefined,
    },
    adaptive: false,
    systemMessages: false,
    thinkingOff: true,
    forcedCalls: true,
    sampling: true,
  };
}

function effortsOf(capability: unknown): readonly Effort[] | undefined {
  const supported = isSupported(capability);
  if (supported === undefined) return undefined;
  return supported ? EFFORTS.filter((it) => isSupported(recordOf(capability)[it]) === true) : [];
}

function isSupported(capability: unknown): boolean | undefined {
  const { supported } = recordOf(capability);
  return typeof supported === "boolean" ? supported : undefined;
}
