import type { Agent } from "undici";
import type { Transport, VendorAnswer, VendorRequest } from "../model/transport.ts";
import { ArrivingAnswer } from "./arriving-answer.ts";
import type { Environment } from "./environment.ts";
import { type OpenConnections, openConnections } from "./proxies.ts";

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
  let opened: Promise<OpenConnections> | undefined;
  let open: OpenConnections | undefined;
  const connections = async () => (open = await (opened ??= openConnections(env, OPTIONS)));
  return {
    // No async function of its own, once there is nothing to wait for: it is on the way of every request.
    send: (request, signal) =>
      open === undefined
        ? connections().then((it) => sent(it, request, signal))
        : sent(open, request, signal),
    async close() {
      // One that could not be opened has nothing to close.
      await opened?.then((it) => it.close()).catch(() => undefined);
    },
  };
}

function sent(
  { dispatcher }: OpenConnections,
  { method, url, headers, body, silenceMs }: VendorRequest,
  signal: AbortSignal,
): Promise<VendorAnswer> {
  try {
    const { origin, path } = addressOf(url);
    const answer = new ArrivingAnswer(signal);
    // Names and values in turn: made for every request, and the library reads them so.
    const named = ["accept-encoding", "identity"];
    for (const name in headers) named.push(name, headers[name] ?? "");
    const limits = silenceMs !== undefined && { headersTimeout: 2 * silenceMs, bodyTimeout: silenceMs };
    if (!signal.aborted)
      dispatcher.dispatch({ origin, path, method, headers: named, body: body ?? null, ...limits }, answer);
    return answer.begun;
  } catch (error) {
    return Promise.reject(error);
  }
}

/** One answer a connection at a time: a slow one must not hold up others. */
const OPTIONS: Agent.Options = {
  connect: { timeout: CONNECT_MS },
  headersTimeout: HEADERS_MS,
  bodyTimeout: SILENT_MS,
  connections: null,
  pipelining: 1,
};

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
