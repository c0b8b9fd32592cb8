import type { Dispatcher } from "undici";
import type { Transport } from "../model/transport.ts";
import { ArrivingAnswer } from "./arriving-answer.ts";
import type { Environment } from "./environment.ts";

/** A transport that has connections open. */
export interface OpenTransport {
  readonly send: Transport;
  readonly close: () => Promise<void>;
}

/** How long a vendor may take to accept a connection, and to begin its answer, and be silent in it, in milliseconds. */
const CONNECT_MS = 10_000;
const HEADERS_MS = 120_000;
const SILENT_MS = 120_000;

/**
 * Requests over connections that are kept open, through the proxy of HTTPS_PROXY, HTTP_PROXY and NO_PROXY where one is
 * set; certificates of NODE_EXTRA_CA_CERTS count. The library is loaded with the first request.
 */
export function openTransport(env: Environment): OpenTransport {
  let opened: Promise<Dispatcher> | undefined;
  const dispatcher = () => (opened ??= open(env));
  return {
    async send({ method, url, headers, body, silenceMs }, signal) {
      const pool = await dispatcher();
      const { origin, path } = addressOf(url);
      const answer = new ArrivingAnswer(signal);
      // Names and values in turn: made for every request, and the library reads them so.
      const sent = ["accept-encoding", "identity"];
      for (const name in headers) sent.push(name, headers[name] ?? "");
      const limits = silenceMs !== undefined && { headersTimeout: 2 * silenceMs, bodyTimeout: silenceMs };
      if (!signal.aborted)
        pool.dispatch({ origin, path, method, headers: sent, body: body ?? null, ...limits }, answer);
      return await answer.begun;
    },
    async close() {
      if (opened !== undefined) await (await opened).destroy();
    },
  };
}

async function open(env: Environment): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import("undici");
  const options = {
    connect: { timeout: CONNECT_MS },
    headersTimeout: HEADERS_MS,
    bodyTimeout: SILENT_MS,
    connections: null,
    // One answer a connection at a time: a slow one must not hold up others.
    pipelining: 1,
  };
  const [https, http] = [env["HTTPS_PROXY"] ?? env["https_proxy"], env["HTTP_PROXY"] ?? env["http_proxy"]];
  if (!https && !http) return new Agent(options);
  const noProxy = env["NO_PROXY"] ?? env["no_proxy"];
  return new EnvHttpProxyAgent({
    ...options,
    ...(https && { httpsProxy: https }),
    ...(http && { httpProxy: http }),
    ...(noProxy && { noProxy }),
  });
}

interface Address {
  readonly origin: string;
  /** With the query. */
  readonly path: string;
}

/** Addresses are few, and taking one apart takes longer than much of a request. */
const known = new Map<string, Address>();

function addressOf(url: string): Address {
  const there = known.get(url);
  if (there !== undefined) return there;
  const { origin, pathname, search } = new URL(url);
  const address = { origin, path: pathname + search };
  if (known.size > 1_000) known.clear();
  known.set(url, address);
  return address;
}
