import { untilAborted } from "../../std/abort.ts";
import { undescribed } from "../anthropic-models.ts";
import { CATALOG, catalogued } from "../catalog.ts";
import type { ModelInfo, ProviderSetup, ProviderType, UnsignedRequest } from "../provider.ts";
import { textOf } from "../record.ts";
import type { VendorRequest } from "../transport.ts";
import type { Wire, WireTarget } from "../wire.ts";
import { askClaude, type ClaudeClient, type Connect } from "./ask.ts";
import { anthropicWire } from "./wire.ts";

/** Claude at somebody else's address, through a client package of the vendor. */
export interface Elsewhere {
  /** As in settings. */
  readonly type: string;
  /** A model's id there, by the vendor's own id. */
  readonly idOf: (model: string) => string;
  readonly connect: Connect;
  /** What the place wants to be told beyond what its client does. */
  readonly fitted?: (request: UnsignedRequest) => UnsignedRequest;
}

/**
 * A provider type for it. It serves what its settings name, by the vendor's own ids or those of the place; prices are
 * the vendor's list prices, which the settings may replace.
 */
export function claudeElsewhere({ type, idOf, connect, fitted = (it) => it }: Elsewhere): ProviderType {
  const ownId = (model: string) => CATALOG.find((it) => idOf(it.info.id) === model)?.info.id ?? model;
  const infoOf = (model: string): ModelInfo | undefined => {
    const info = catalogued(ownId(model))?.info;
    return info && { ...info, id: model };
  };
  return {
    type,
    claims: () => false,
    infoOf,
    wire: wireKnowing(ownId),
    open: (setup) => {
      const sign = signer(connect, setup);
      return {
        name: type,
        models: async () => CATALOG.map((it) => it.info),
        ask(request, signal) {
          const known = catalogued(ownId(request.model)) ?? undescribed(request.model);
          return askClaude(connect, setup, { ...request, model: idOf(ownId(request.model)) }, known, signal);
        },
        signed(request, signal) {
          const model = idOf(ownId(textOf(request.body["model"]) ?? ""));
          return sign(fitted({ ...request, body: { ...request.body, model } }), signal);
        },
      };
    },
  };
}

/** The vendor's own wire, for models by any of their names. Lists are nothing that every place has. */
function wireKnowing(ownId: (model: string) => string): Wire {
  const { list: _, count, ...wire } = anthropicWire;
  const named = (it: WireTarget): WireTarget => ({ ...it, model: ownId(it.model) });
  return {
    ...wire,
    encode: (request, it) => wire.encode(request, named(it)),
    ...(count && { count: { ...count, encode: (request, it) => count.encode(request, named(it)) } }),
  };
}

type Signer = (request: UnsignedRequest, signal: AbortSignal) => Promise<VendorRequest | undefined>;

/**
 * The client makes each request as if it sent it, and it is taken from its hands. One client for as long as the key is
 * the same, since it keeps what it has been given to sign with.
 */
function signer(connect: Connect, setup: ProviderSetup): Signer {
  const made = new WeakMap<Response, VendorRequest>();
  const take: typeof fetch = async (input, init) => {
    const response = new Response(null);
    const headers = Object.fromEntries(new Headers(init?.headers));
    const body = typeof init?.body === "string" ? init.body : "";
    made.set(response, { method: "POST", url: String(input), headers, body });
    return response;
  };
  let known:
    | { readonly key: string | undefined; readonly client: Promise<ClaudeClient | undefined> }
    | undefined;
  return async ({ path, headers, body }, signal) => {
    const key = (await untilAborted(setup.key(), signal)) || undefined;
    if (known === undefined || known.key !== key) known = { key, client: connect(setup, key, take) };
    const client = await known.client;
    if (client === undefined) return undefined;
    return made.get(await client.post(path, { body, headers, signal }).asResponse());
  };
}
