import type { Agent, buildConnector, Dispatcher, Pool } from "undici";
import { recordOf } from "../model/record.ts";
import { messageOf } from "../std/error-message.ts";
import type { Environment } from "./environment.ts";

/** Connections that are kept open, some of them through a proxy. */
export interface OpenConnections {
  readonly dispatcher: Dispatcher;
  readonly close: () => Promise<void>;
}

/** Something is wrong with the way through a proxy; its message names the proxy and no password. */
class ProxyError extends Error {
  readonly code: string;

  constructor(message: string, code = "ERR_PROXY_TUNNEL") {
    super(message);
    this.code = code;
  }
}

/** A proxy of the environment. */
interface Proxy {
  /** Without user and password. */
  readonly address: URL;
  /** For people: host and port. */
  readonly name: string;
  /** What it wants as `proxy-authorization`; `undefined`: its address has no user. */
  readonly token: string | undefined;
}

/** How long a proxy may take to let a connection through, in milliseconds. */
const THROUGH_MS = 20_000;

/** Whether the environment names a proxy. */
export function hasProxy(env: Environment): boolean {
  return addressesIn(env).some(([, text]) => text !== "");
}

function addressesIn(env: Environment): readonly (readonly [name: string, text: string])[] {
  return ["HTTPS_PROXY", "HTTP_PROXY"].map((it) => [it, env[it] || env[it.toLowerCase()] || ""] as const);
}

/**
 * Connections as the environment wants them: through HTTPS_PROXY for https://, through HTTP_PROXY for http:// and where
 * there is no other, and straight to hosts of NO_PROXY. Rejects when an address is none.
 */
export async function openConnections(env: Environment, options: Agent.Options): Promise<OpenConnections> {
  const undici = await import("undici");
  const agent = new undici.Agent(options);
  const close = () => agent.destroy();
  if (!hasProxy(env)) return { dispatcher: agent, close };
  const isDirect = directHosts(env["NO_PROXY"] ?? env["no_proxy"] ?? "");
  const [https, http] = addressesIn(env)
    .map(([name, text]) => (text === "" ? undefined : proxyAt(name, text)))
    .map((it) => it && throughProxy(undici, it, options));
  const ways = new Map<string, Dispatcher | undefined>();
  const wayTo = (origin: string | URL | undefined) => {
    const url = new URL(String(origin));
    return isDirect(url) ? undefined : url.protocol === "https:" ? (https ?? http) : http;
  };
  const dispatcher = agent.compose((dispatch) => (asked, handler) => {
    const origin = String(asked.origin);
    if (!ways.has(origin)) ways.set(origin, wayTo(origin));
    const way = ways.get(origin);
    return way === undefined ? dispatch(asked, handler) : way.dispatch(asked, handler);
  });
  return {
    dispatcher,
    close: async () => void (await Promise.all([close(), https?.destroy(), http?.destroy()])),
  };
}

/** Whoever asks by `fetch` watches the time for itself. */
const UNLIMITED: Agent.Options = { headersTimeout: 0, bodyTimeout: 0 };

/**
 * Makes `fetch` of this process, which Node sends straight to its goal, go through the proxy of the environment, as VS
 * Code does it for its extensions. Does nothing where none is named.
 */
export function useProxies(env: Environment): void {
  if (!hasProxy(env)) return;
  let opened: Promise<OpenConnections> | undefined;
  const send = async (input: string | URL | Request, init: RequestInit = {}) => {
    const undici = await import("undici");
    const { dispatcher } = await (opened ??= openConnections(env, UNLIMITED));
    // The types of this package and of Node's own copy of it are not the same ones.
    return undici.fetch(input as string, { ...(init as object), dispatcher });
  };
  globalThis.fetch = send as unknown as typeof fetch;
}

function proxyAt(variable: string, text: string): Proxy {
  const whole = text.includes("://") ? text : `http://${text}`;
  const address = URL.canParse(whole) ? new URL(whole) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol))
    throw new ProxyError(`${variable} is no address of a proxy: it must begin with http:// or https://`);
  const { username, password } = address;
  address.username = address.password = "";
  const login = Buffer.from(`${decoded(username)}:${decoded(password)}`).toString("base64");
  return { address, name: address.host, token: username === "" ? undefined : `Basic ${login}` };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A % that begins no code stands for itself.
    return text;
  }
}

/** Whether a host is one of NO_PROXY: names with all below them, `*` for all, each with a port or without. */
function directHosts(noProxy: string): (url: URL) => boolean {
  const entries = noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((it) => it !== "")
    .map((it) => /^(?<host>.*?)(?::(?<port>\d+))?$/.exec(it.replace(/^\*?\./, ""))?.groups ?? {});
  return ({ protocol, hostname, port }) => {
    const at = port || (protocol === "https:" ? "443" : "80");
    return entries.some(
      (it) =>
        (it["port"] ?? at) === at &&
        (it["host"] === "*" || hostname === it["host"] || hostname.endsWith(`.${it["host"]}`)),
    );
  };
}

type Connect = buildConnector.connector;

function throughProxy(undici: typeof import("undici"), proxy: Proxy, options: Agent.Options): Dispatcher {
  const { address, token } = proxy;
  return new undici.ProxyAgent({
    ...options,
    uri: address.href,
    ...(token !== undefined && { token }),
    clientFactory: (origin, given) =>
      new undici.Pool(
        origin,
        explaining(given, (error) => unreachable(error, proxy), { headersTimeout: THROUGH_MS }),
      ),
    factory: (origin, given) =>
      new undici.Pool(
        origin,
        explaining(given, (error, host) => notThrough(error, proxy, host)),
      ),
  });
}

/** The same options, with connections whose errors say what they have to do with the proxy. */
function explaining(
  given: object,
  explain: (error: Error, host: string) => Error,
  more: Pool.Options = {},
): Pool.Options {
  const { connect } = given as { readonly connect: Connect };
  const explained: Connect = (asked, done) =>
    connect(asked, (...came) => {
      const [error, socket] = came;
      if (error === null) done(null, socket);
      else done(explain(error, `${asked.hostname}:${asked.port || defaultPort(asked.protocol)}`), null);
    });
  return { ...given, ...more, connect: explained };
}

function defaultPort(protocol: string): string {
  return protocol === "https:" ? "443" : "80";
}

function unreachable(error: Error, { name }: Proxy): Error {
  // Of several addresses of one name each has an error of its own.
  const [first] = error instanceof AggregateError ? error.errors : [error];
  return new ProxyError(`the proxy ${name} cannot be reached: ${messageOf(first)}`, codeOf(first));
}

function notThrough(error: Error, { name, token }: Proxy, host: string): Error {
  if (error instanceof ProxyError) return error;
  const status = /^Proxy response \((\d+)\)/.exec(error.message)?.[1];
  if (status === "407") {
    const wanted = token === undefined ? "a user and a password" : "another user or password";
    return new ProxyError(`the proxy ${name} wants ${wanted} (407)`);
  }
  if (status !== undefined) return new ProxyError(`the proxy ${name} refused the way to ${host} (${status})`);
  switch (codeOf(error)) {
    case "UND_ERR_HEADERS_TIMEOUT":
      return new ProxyError(`the proxy ${name} does not answer`);
    // With this code the library would connect again and again.
    case "UND_ERR_SOCKET":
    case "ECONNRESET":
      return new ProxyError(`the proxy ${name} closed the connection to ${host}`);
  }
  return error;
}

function codeOf(error: unknown): string {
  const { code } = recordOf(error);
  return typeof code === "string" ? code : "";
}
