import { untilAborted } from "../../std/abort.ts";
import { askClaude, quietOptions } from "../anthropic/ask.ts";
import { anthropicWire } from "../anthropic/wire.ts";
import { mergeListed, undescribed } from "../anthropic-models.ts";
import type { CatalogModel } from "../catalog.ts";
import { CATALOG, catalogued } from "../catalog.ts";
import type { Provider, ProviderSetup, ProviderType } from "../provider.ts";
import { watchFetch } from "../watched-fetch.ts";

/** Claude over the Anthropic Messages API, through the vendor's SDK, which is loaded with the first request. */
export const anthropic: ProviderType = {
  type: "anthropic",
  claims: (model) => model.startsWith("claude-"),
  infoOf: (model) => catalogued(model)?.info,
  known: CATALOG.map((it) => it.info),
  open,
  wired: {
    wire: anthropicWire,
    address: "https://api.anthropic.com",
    keysIn: ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"],
  },
};

/** How long the model list may take before the table stands in, in milliseconds. */
const LIST_MS = 10_000;

function open(setup: ProviderSetup): Provider {
  let listed: { readonly key: string; readonly models: readonly CatalogModel[] } | undefined;
  return {
    name: "anthropic",
    async models(signal) {
      const key = await untilAborted(setup.key(), signal);
      if (key === undefined) return CATALOG.map((it) => it.info);
      if (listed?.key !== key) {
        const models = await list(setup, key, signal);
        if (models === undefined) return CATALOG.map((it) => it.info);
        listed = { key, models };
      }
      return listed.models.map((it) => it.info);
    },
    ask: (request, signal) => {
      const known = listed?.models.find((it) => it.info.id === request.model);
      return askClaude(
        connect,
        setup,
        request,
        known ?? catalogued(request.model) ?? undescribed(request.model),
        signal,
      );
    },
  };
}

/** A client that reads nothing of the environment, which is the host's business. */
async function clientOf(setup: ProviderSetup, apiKey: string, send: typeof fetch) {
  const { Anthropic } = await import("@anthropic-ai/sdk");
  // `null` keeps the SDK from reading the environment.
  return new Anthropic({ ...quietOptions(send), apiKey, baseURL: setup.baseUrl ?? null });
}

async function connect(setup: ProviderSetup, key: string | undefined, send: typeof fetch) {
  return key === undefined ? undefined : await clientOf(setup, key, send);
}

async function list(setup: ProviderSetup, key: string, signal: AbortSignal) {
  const watch = watchFetch(setup.fetch, Math.min(setup.silenceMs, LIST_MS));
  try {
    const client = await clientOf(setup, key, watch.fetch);
    const page = await client.models.list({ limit: 1000 }, { signal });
    return mergeListed(page.data);
  } catch {
    // Without an answer the table serves; only being stopped is no answer to give.
    signal.throwIfAborted();
    return undefined;
  } finally {
    watch.close();
  }
}
