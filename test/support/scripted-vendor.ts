import { Buffer } from "node:buffer";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";

/** A request as a vendor got it. */
export interface HeardRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body, parsed; an empty object when it is no JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The key it came with, in any of the vendors' places; "" for none. */
  readonly key: string;
  /** Resolves when the answer's connection has ended, with whether the answer was whole. */
  readonly ended: Promise<boolean>;
}

/** What a vendor does with a request. */
export type Act = (request: HeardRequest, response: ServerResponse) => unknown;

/** A vendor's server, which does as its script says. */
export interface ScriptedVendor {
  readonly address: string;
  readonly heard: readonly HeardRequest[];
  /** How many connections were opened, also such as carried no request. */
  readonly connections: () => number;
  /** From now on does so. */
  readonly does: (act: Act) => void;
  /** Resolves with the next request that comes. */
  readonly next: () => Promise<HeardRequest>;
  readonly close: () => Promise<void>;
}

/** Opens a vendor on a free port of loopback; over TLS with a certificate and its key, as PEM. */
export async function scriptedVendor(
  first: Act,
  tls?: { readonly cert: string; readonly key: string },
): Promise<ScriptedVendor> {
  let act = first;
  const heard: HeardRequest[] = [];
  const waiting: ((request: HeardRequest) => void)[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const hear = async (request: IncomingMessage, response: ServerResponse) => {
    const it = await heardOf(request, response);
    heard.push(it);
    for (const resolve of waiting.splice(0)) resolve(it);
    await act(it, response);
  };
  const server = tls === undefined ? createServer(hear) : createTlsServer(tls, hear);
  server.on("connection", (socket) => {
    connections++;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `${tls === undefined ? "http" : "https"}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    connections: () => connections,
    does(next) {
      act = next;
    },
    next: () => new Promise((resolve) => void waiting.push(resolve)),
    close() {
      for (const it of sockets) it.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function heardOf(request: IncomingMessage, response: ServerResponse): Promise<HeardRequest> {
  const ended = new Promise<boolean>((resolve) => {
    response.on("close", () => resolve(response.writableFinished));
  });
  const pieces: Buffer[] = [];
  for await (const it of request) pieces.push(it as Buffer);
  const text = Buffer.concat(pieces).toString("utf8");
  const { headers } = request;
  const bearer = /^Bearer (.*)$/.exec(headers.authorization ?? "")?.[1];
  const key = String(headers["x-api-key"] ?? headers["x-goog-api-key"] ?? bearer ?? "");
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    headers,
    text,
    body: parsed(text),
    key,
    ended,
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Answers with JSON. */
export function answersJson(
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Act {
  return (_, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

type Pieces = readonly (string | Uint8Array)[];
type Headers = Readonly<Record<string, string>>;

/** Streams these pieces, one write each, and ends. */
export function streams(pieces: Pieces, headers: Headers = {}): Act {
  return streamsThen(pieces, headers, (response) => void response.end());
}

/** Streams these pieces, and then the connection breaks. */
export function streamsAndBreaks(pieces: Pieces, headers: Headers = {}): Act {
  return streamsThen(pieces, headers, (response) => void response.destroy());
}

/** Streams these pieces, and then says nothing more. */
export function streamsAndHangs(pieces: Pieces, headers: Headers = {}): Act {
  return streamsThen(pieces, headers, () => undefined);
}

function streamsThen(pieces: Pieces, headers: Headers, end: (response: ServerResponse) => void): Act {
  return async (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream", ...headers });
    response.flushHeaders();
    for (const it of pieces) await put(response, it);
    end(response);
  };
}

/** Resolves when the piece has left. */
function put(response: ServerResponse, piece: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => void response.write(piece, () => resolve()));
}
