import { undescribed } from "../anthropic-models.ts";
import { CATALOG, catalogued } from "../catalog.ts";
import type { ModelInfo, ProviderType } from "../provider.ts";
import { askClaude, type Connect } from "./ask.ts";

/** Claude at somebody else's address, through a client package of the vendor. */
export interface Elsewhere {
  /** As in settings. */
  readonly type: string;
  /** A model's id there, by the vendor's own id. */
  readonly idOf: (model: string) => string;
  readonly connect: Connect;
}

/**
 * A provider type for it. It serves what its settings name, by the vendor's own ids or those of the place; prices are
 * the vendor's list prices, which the settings may replace.
 */
export function claudeElsewhere({ type, idOf, connect }: Elsewhere): ProviderType {
  const ownId = (model: string) => CATALOG.find((it) => idOf(it.info.id) === model)?.info.id ?? model;
  const infoOf = (model: string): ModelInfo | undefined => {
    const info = catalogued(ownId(model))?.info;
    return info && { ...info, id: model };
  };
  return {
    type,
    claims: () => false,
    infoOf,
    open: (setup) => ({
      name: type,
      models: async () => CATALOG.map((it) => it.info),
      ask(request, signal) {
        const known = catalogued(ownId(request.model)) ?? undescribed(request.model);
        return askClaude(connect, setup, { ...request, model: idOf(ownId(request.model)) }, known, signal);
      },
    }),
  };
}
