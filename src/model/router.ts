import type { ModelRequest } from "./conversation.ts";
import { NO_USAGE } from "./conversation.ts";
import type { ModelEvent, ModelInfo, Provider, ProviderType } from "./provider.ts";

/** A provider of the settings, opened. */
export interface OpenedProvider {
  readonly type: ProviderType;
  readonly provider: Provider;
  /** Model ids the settings give it; they go before what its type claims. */
  readonly models: readonly string[];
}

/** All providers as one. */
export interface Router {
  /** The models of all providers, each provider's best first, the providers in their order. */
  models(signal: AbortSignal): Promise<readonly ModelInfo[]>;
  /** As `Provider.ask`; a model that no provider serves fails as "model-unknown". */
  ask(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
  /** What is known of a model, from the last list or its provider's table; `undefined`: nothing. */
  infoOf(model: string): ModelInfo | undefined;
  /** Name of the provider that serves a model; "" when none does. */
  providerOf(model: string): string;
}

/** A router over providers: the first that names a model serves it, else the first whose type claims it. */
export function openRouter({ providers }: { readonly providers: readonly OpenedProvider[] }): Router {
  const known = new Map<string, ModelInfo>();
  const serving = (model: string) =>
    (providers.find((it) => it.models.includes(model)) ?? providers.find((it) => it.type.claims(model)))
      ?.provider;
  return {
    async models(signal) {
      const lists = await Promise.all(providers.map((it) => it.provider.models(signal)));
      const models = lists.flat();
      for (const it of models) known.set(it.id, it);
      return models;
    },
    ask: (request, signal) => serving(request.model)?.ask(request, signal) ?? unknownModel(request.model),
    infoOf: (model) => known.get(model) ?? providers.find((it) => it.type.claims(model))?.type.infoOf(model),
    providerOf: (model) => serving(model)?.name ?? "",
  };
}

async function* unknownModel(model: string): AsyncGenerator<ModelEvent> {
  const message = `no provider serves "${model}"`;
  yield { type: "failed", failure: { kind: "model-unknown", message }, text: "", usage: NO_USAGE };
}
