import { openGateway } from "../gateway/gateway.ts";
import { messageOf } from "../std/error-message.ts";
import type { Capture } from "./capture.ts";
import { type ClientAccounts, clientsWith, newClientKey } from "./client-keys.ts";
import type { Environment } from "./environment.ts";
import type { HostRouter } from "./host-router.ts";
import { openIds } from "./ids.ts";
import type { Metrics } from "./metrics.ts";
import { openResponseCache } from "./open-response-cache.ts";
import { resent } from "./resent.ts";
import { type Serving, serve } from "./serve.ts";
import { type ClientKey, readTls, type ServerSetting } from "./server-setting.ts";
import { openTransport } from "./transport.ts";
import { unpacked } from "./unpacked.ts";

/** What a gateway of a host is made of. */
export interface GatewayHostParts {
  readonly router: HostRouter;
  readonly metrics: Metrics;
  readonly env: Environment;
  /** Folder that paths of the setting are relative to. */
  readonly folder: string;
  /** Keeps whole exchanges. */
  readonly capture?: Capture;
  /** Hears who was asked instead, and budgets that are nearly used up. */
  readonly tell: (sentence: string) => void;
  /** Milliseconds since 1970; absent: the machine's clock. */
  readonly now?: () => number;
}

/** A gateway at work. */
export interface GatewayHost {
  readonly address: string;
  /** Takes other keys of clients; what is under way goes on. */
  readonly useKeys: (keys: readonly ClientKey[]) => void;
  readonly stop: () => Promise<void>;
  /** Ends what a stop still waits for. */
  readonly cut: () => void;
}

/** How long requests under way may take after the stop, in milliseconds. */
const DRAIN_MS = 30_000;

/** Starts a gateway; at least one key must be there. Rejects with a sentence when it cannot listen. */
export async function startGateway(setting: ServerSetting, parts: GatewayHostParts): Promise<GatewayHost> {
  const { router, metrics, env, folder, capture, tell, now = Date.now } = parts;
  const transport = openTransport(env);
  const send = unpacked(resent(transport.send));
  const ids = openIds();
  // The file is opened now and not with the first request, whose answer it would hold up for long.
  router.ledger.spent({ scope: "total", name: "", since: 0 });
  const accounts: ClientAccounts = new Map();
  let clientOf = clientsWith(setting.keys, env, now, accounts);
  const responses = setting.responseCache && openResponseCache(setting.responseCache, { ...parts, now, ids });
  const gateway = openGateway({
    router: () => router,
    transport: capture?.transport(send) ?? send,
    clientOf: (key) => clientOf(key),
    now: () => Math.floor(now() / 1000),
    newId: ids.plain,
    heard: {
      moved: (from, to, failure) =>
        tell(`${from} failed (${failure.kind}: ${failure.message}); ${to} is asked instead.`),
      warned: tell,
    },
    metrics: () => metrics.text(router.providers),
    responses,
  });
  const tls = setting.tls === undefined ? undefined : await readTls(setting.tls, folder);
  const { host, port, names, mostBody } = setting;
  const serving: Serving = await serve(capture?.gateway(gateway) ?? gateway, {
    host,
    port,
    names,
    mostBody,
    ...(tls && { tls }),
  }).catch((error: unknown) => {
    throw new Error(`The gateway cannot listen on ${host}:${port}: ${messageOf(error)}`);
  });
  return {
    address: serving.address,
    useKeys(keys) {
      clientOf = clientsWith(keys, env, now, accounts);
    },
    cut: serving.cut,
    async stop() {
      await serving.stop(DRAIN_MS);
      await capture?.close();
      await transport.close();
      responses?.cache.close();
    },
  };
}

/** A setting for one program on this machine: any port that is free, and a key of its own. */
export function privateSetting(mostBody: number): { readonly setting: ServerSetting; readonly key: string } {
  const key = newClientKey();
  const keys = [{ key, name: "own", limits: {} }];
  return { key, setting: { host: "127.0.0.1", port: 0, keys, names: [], tls: undefined, mostBody } };
}
