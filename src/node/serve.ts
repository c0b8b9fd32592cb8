import { isUtf8 } from "node:buffer";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { ClientCall } from "../gateway/dialect.ts";
import type { GatewayAnswer } from "../gateway/exchange.ts";
import { type Gateway, refusedEarly } from "../gateway/gateway.ts";
import type { Failure } from "../model/failure.ts";
import { isAllowedHost, isAllowedOrigin } from "./allowed-hosts.ts";
import { type FreshConnections, freshConnections } from "./fresh-connections.ts";
import { together } from "./together.ts";

/** Where and how a gateway listens. */
export interface ServeSetting {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Certificate and key, as PEM; absent: plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Names under which clients may come besides those of this machine's loopback. */
  readonly names: readonly string[];
  /** Bytes of a request's body. */
  readonly mostBody: number;
}

/** A gateway that listens. */
export interface Serving {
  /** With the port it has got: `http://127.0.0.1:8787`. */
  readonly address: string;
  /** Takes no new requests, waits for those under way but no longer than `withinMs`, and ends. */
  readonly stop: (withinMs: number) => Promise<void>;
  /** Ends every connection now; a stop that is waiting ends with them. */
  readonly cut: () => void;
}

/** How long a client may take for its headers and its body, in milliseconds. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 120_000;
const KEEP_ALIVE_MS = 75_000;
const MOST_HEADERS = 32 * 1024;
/** Silence after which a stream gives a sign of life, in milliseconds. */
const PING_MS = 15_000;

/** Serves a gateway over HTTP. Rejects when the address cannot be had. */
export async function serve(gateway: Gateway, setting: ServeSetting): Promise<Serving> {
  const options = { maxHeaderSize: MOST_HEADERS, noDelay: true, keepAlive: true };
  const named = { ...setting };
  const hear = (request: IncomingMessage, response: ServerResponse) => {
    fresh.asked(request.socket);
    void answer(gateway, named, request, response)
      .catch(() => void response.destroy())
      .then(() => {
        if (!server.listening) endWith(response, server);
      });
  };
  const server: Server =
    setting.tls === undefined
      ? createServer(options, hear)
      : createTlsServer({ ...options, ...setting.tls }, hear);
  const fresh = freshConnections(server);
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(setting.port, setting.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  named.port = port;
  const host = setting.host.includes(":") ? `[${setting.host}]` : setting.host;
  return {
    address: `${setting.tls === undefined ? "http" : "https"}://${host}:${port}`,
    stop: (withinMs) => stopped(server, fresh, withinMs),
    cut: () => server.closeAllConnections(),
  };
}

/** Once nothing new is taken, a connection ends with its answer, and does not wait for another request. */
function endWith(response: ServerResponse, server: Server): void {
  const end = () => setImmediate(() => server.closeIdleConnections());
  if (response.closed) end();
  else response.once("close", end);
}

function stopped(server: Server, fresh: FreshConnections, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = setTimeout(() => server.closeAllConnections(), withinMs);
    server.close(() => {
      clearTimeout(end);
      // The connections tell of their own end after this turn, and who answered there is to hear it first.
      setImmediate(() => setImmediate(resolve));
    });
    server.closeIdleConnections();
    fresh.end();
  });
}

async function answer(
  gateway: Gateway,
  setting: ServeSetting,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // What goes wrong with a connection shows as its end.
  response.on("error", () => undefined);
  const refusal = strange(request, setting);
  if (refusal !== undefined) return refuse(request, response, refusal);
  const gone = goneSignal(request.socket);
  const body = await bodyOf(request, setting.mostBody);
  if (body === undefined) return refuse(request, response, CUT_OFF);
  const isWhole = typeof body === "string";
  // What still comes of a request that is too large is not waited for.
  if (body === TOO_LARGE) response.setHeader("connection", "close");
  const call = {
    ...callIn(request),
    body: isWhole ? body : "",
    ...(!isWhole && { broken: body === TOO_LARGE ? tooLarge(setting) : NOT_UTF8 }),
  };
  const answered = await gateway(call, gone);
  const { body: out } = answered;
  if (typeof out !== "string") return await writeStream(response, answered, out);
  together(() => writeWhole(response, answered, out, call.method === "HEAD"));
}

function callIn({ url = "/", method = "GET", headers }: IncomingMessage): ClientCall {
  const at = url.indexOf("?");
  return {
    method,
    path: at === -1 ? url : url.slice(0, at),
    query: at === -1 ? NO_QUERY : new URLSearchParams(url.slice(at + 1)),
    headers: headers as Readonly<Record<string, string>>,
  };
}

/** Aborted when the client has gone; one for all requests of a connection, which come one after another. */
function goneSignal(socket: Socket): AbortSignal {
  const known = gones.get(socket);
  if (known !== undefined) return known;
  const gone = new AbortController();
  // With one listener that stays, those of each request cost less to add and to remove.
  gone.signal.addEventListener("abort", () => undefined);
  gones.set(socket, gone.signal);
  socket.once("close", () => gone.abort());
  return gone.signal;
}

const gones = new WeakMap<Socket, AbortSignal>();

const NO_QUERY = new URLSearchParams();

/** What a page of a browser, or a name that points here, must not do (DNS rebinding). */
function strange(request: IncomingMessage, setting: ServeSetting): EarlyFailure | undefined {
  const { host, origin, authorization } = request.headers;
  if (count(request, "host") > 1) return earlyFailure(400, "there are several hosts");
  if ((request.url ?? "").length > LONGEST_PATH) return earlyFailure(414, "the path is too long");
  if (!isAllowedHost(host, setting)) return earlyFailure(403, `this gateway is not "${host ?? ""}"`);
  if (!isAllowedOrigin(origin, setting, setting.tls !== undefined))
    return earlyFailure(403, "pages of other origins may not ask here");
  // Node keeps the first of several; which of them counts must not depend on who reads.
  if (authorization !== undefined && count(request, "authorization") > 1)
    return earlyFailure(401, "there are several keys");
  return undefined;
}

type EarlyFailure = Failure & { readonly status: number };

function earlyFailure(status: number, message: string): EarlyFailure {
  const kind = status === 403 ? "permission" : status === 401 ? "auth" : "invalid";
  return { kind, message, status };
}

const CUT_OFF = earlyFailure(400, "the body was cut off");

const LONGEST_PATH = 4_096;

function count({ rawHeaders }: IncomingMessage, name: string): number {
  let found = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const there = rawHeaders[at];
    if (there?.length === name.length && there.toLowerCase() === name) found++;
  }
  return found;
}

const TOO_LARGE = Symbol("too large");
/** Read as text, bytes that are none would come to the vendor as others. */
const NO_TEXT = Symbol("no text");
const NOT_UTF8: Failure = { kind: "invalid", message: "the body is not UTF-8", status: 400 };

function tooLarge({ mostBody }: ServeSetting): Failure {
  return { kind: "too-large", message: `the body is larger than ${mostBody} bytes`, status: 413 };
}

/** `undefined`: it was cut off. */
type Body = string | typeof TOO_LARGE | typeof NO_TEXT;

/** `undefined`: it was cut off. */
function bodyOf(request: IncomingMessage, most: number): Promise<Body | undefined> {
  if (request.method === "GET" || request.method === "HEAD") return Promise.resolve("");
  const length = Number(request.headers["content-length"] ?? Number.NaN);
  if (length > most) return Promise.resolve(TOO_LARGE);
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let size = 0;
    // Asked for before it is there, the body is heard of as it is read, and not a turn of the loop later.
    request.read(0);
    request.on("data", (piece: Buffer) => {
      size += piece.length;
      if (size > most) {
        request.pause();
        resolve(TOO_LARGE);
        return;
      }
      pieces.push(piece);
      // The length that was told is kept to; the end is heard of a little later.
      if (size === length) resolve(textOf(pieces));
    });
    request.on("end", () => resolve(textOf(pieces)));
    request.on("close", () => resolve(undefined));
  });
}

function textOf(pieces: readonly Buffer[]): Body {
  const [first] = pieces;
  const whole = pieces.length === 1 && first ? first : Buffer.concat(pieces);
  return isUtf8(whole) ? whole.toString("utf8") : NO_TEXT;
}

function refuse(request: IncomingMessage, response: ServerResponse, failure: EarlyFailure): void {
  if (response.headersSent) return;
  const refused = refusedEarly(callIn(request), failure);
  // What still comes of the request is not waited for.
  const headers = { "content-type": "application/json", connection: "close" };
  writeWhole(response, { ...refused, headers }, String(refused.body), request.method === "HEAD");
}

function writeWhole(response: ServerResponse, it: GatewayAnswer, body: string, isHead: boolean): void {
  try {
    response.writeHead(it.status, { ...it.headers, "content-length": Buffer.byteLength(body) });
    if (!isHead && body !== "") {
      // Written by its end it would go out as two pieces, the second of them empty, which the kernel is slower with.
      response.write(body);
      response.socket?.uncork();
    }
    response.end();
  } catch {
    // A header that is none must not take the answers of others with it.
    response.destroy();
  }
}

async function writeStream(
  response: ServerResponse,
  it: GatewayAnswer,
  body: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  response.writeHead(it.status, it.headers);
  let spoken = true;
  let alive: ReturnType<typeof setInterval> | undefined;
  const giveSign = () => {
    const sign = spoken ? "" : (it.ping?.() ?? "");
    spoken = false;
    if (sign !== "" && !response.writableNeedDrain) response.write(sign);
  };
  try {
    for await (const piece of body) {
      spoken = true;
      if (response.destroyed) return;
      const mayGoOn = response.write(piece);
      if (alive === undefined) {
        // Node keeps the first bytes until all else of this turn is done.
        response.socket?.uncork();
        alive = setInterval(giveSign, PING_MS);
      }
      // No faster than the client reads.
      if (!mayGoOn) await drained(response);
    }
    response.end();
  } catch {
    // The end of the connection tells the client that this was not all.
    response.destroy();
  } finally {
    clearInterval(alive);
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    const done = () => {
      response.off("drain", done);
      response.off("close", done);
      resolve();
    };
    response.on("drain", done);
    response.on("close", done);
  });
}
