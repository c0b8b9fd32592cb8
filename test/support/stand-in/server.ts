import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Account } from "./binding.ts";
import { bind } from "./binding.ts";
import { promptCache } from "./cache.ts";
import type { StandInModel } from "./models.ts";
import { listed, modelOf, STAND_IN_MODELS } from "./models.ts";
import { playTurn } from "./play.ts";
import { itemsOf } from "./prefix.ts";
import type { Refusal } from "./refusal.ts";
import { bad, envelope } from "./refusal.ts";
import { refusalOf } from "./rules.ts";
import type { Turn } from "./turns.ts";
import type { Asked, Wire } from "./wire.ts";
import { decodeAsked, isWire } from "./wire.ts";

/** Turns in order, or a function of the request and the number of turns before it (from 0). */
export type Script = readonly Turn[] | ((request: Wire, turn: number) => Turn);

export interface StandInOptions {
  readonly script: Script;
  /** Default "enforce-all". */
  readonly account?: Account;
  readonly models?: readonly StandInModel[];
  /** Tokens from which a prefix is cached; default: the model's own. */
  readonly minCacheable?: number;
  /** Default: any free one. */
  readonly port?: number;
  /** The only key taken; default: every key but "wrong". */
  readonly key?: string;
  /** Whether bodies are kept in `requests`; default true. */
  readonly keep?: boolean;
}

/** A request to `/v1/messages`, as it came. */
export interface Recorded {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Wire;
  /** What it was refused with by a rule. */
  refusal: Refusal | undefined;
  /** Resolves when the answer is over: to the end, or because the client closed the connection. */
  readonly over: Promise<"whole" | "closed">;
}

export interface StandIn {
  readonly url: string;
  readonly requests: readonly Recorded[];
  /** Turns played so far. */
  readonly turns: () => number;
  /** Connections opened so far. */
  readonly connections: () => number;
  close(): Promise<void>;
}

const LARGEST = 32 * 1024 * 1024;

/** A strict Messages API on loopback that plays a script; every request is first held to the rules of the real one. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const requests: Recorded[] = [];
  const state = { turns: 0, calls: 0, cache: promptCache(), ids: 0, connections: 0 };
  const server = createServer((request, response) => {
    serve(request, response, { options, requests, state }).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  server.on("connection", () => state.connections++);
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    turns: () => state.turns,
    connections: () => state.connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

interface Room {
  readonly options: StandInOptions;
  readonly requests: Recorded[];
  readonly state: {
    turns: number;
    calls: number;
    ids: number;
    readonly cache: ReturnType<typeof promptCache>;
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, room: Room): Promise<void> {
  const requestId = `req_${String(++room.state.ids).padStart(6, "0")}`;
  response.setHeader("request-id", requestId);
  const path = (request.url ?? "").split("?")[0];
  const refuse = (refusal: Refusal) => {
    response
      .writeHead(refusal.status, { "content-type": "application/json" })
      .end(envelope(refusal, requestId));
  };
  if (path === "/api/hello") return void response.writeHead(200).end();
  const body = await bodyOf(request);
  const early = atTheDoor(request, body, room.options);
  if (early !== undefined) return refuse(early);
  if (path === "/v1/models" && request.method === "GET") return list(response, room);
  if ((path !== "/v1/messages" && path !== "/v1/messages/count_tokens") || request.method !== "POST") {
    return refuse({ status: 404, type: "not_found_error", message: "Not found" });
  }
  const raw = parsed(body);
  const over = new Promise<"whole" | "closed">((resolve) => {
    response.on("close", () => resolve(response.writableFinished ? "whole" : "closed"));
  });
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const kept = room.options.keep === false ? {} : raw;
  const recorded: Recorded = { headers, body: isWire(kept) ? kept : {}, refusal: undefined, over };
  room.requests.push(recorded);
  const counting = path.endsWith("count_tokens");
  const judged = judge(raw, headers, room, { requestId, counting });
  if ("status" in judged) {
    recorded.refusal = judged;
    return refuse(judged);
  }
  if (counting)
    return void response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ input_tokens: judged.tokens }));
  await answer(response, judged, room, requestId);
}

/** Refusals before the body is looked at. */
function atTheDoor(request: IncomingMessage, body: Buffer, options: StandInOptions): Refusal | undefined {
  if (request.headers["anthropic-version"] === undefined) return bad("anthropic-version: header is required");
  const bearer = request.headers.authorization?.replace(/^Bearer /, "");
  const keys = [bearer, request.headers["x-api-key"]].filter((it) => it !== undefined);
  const wrong = keys.some((it) => (options.key === undefined ? it === "wrong" : it !== options.key));
  if (keys.length === 0 || wrong || keys.includes("")) {
    return {
      status: 401,
      type: "authentication_error",
      message: "The API key provided is invalid or has been revoked.",
    };
  }
  return body.length > LARGEST
    ? { status: 413, type: "request_too_large", message: "Request exceeds the maximum size" }
    : undefined;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function list(response: ServerResponse, room: Room): void {
  const data = (room.options.models ?? STAND_IN_MODELS).map(listed);
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ data, has_more: false, first_id: null, last_id: null }));
}

/** A request that broke no rule. */
interface Judged {
  readonly asked: Asked;
  readonly model: StandInModel;
  readonly bound: ReturnType<typeof bind>;
  readonly tokens: number;
  readonly id: string;
}

function judge(
  raw: unknown,
  headers: Readonly<Record<string, string>>,
  room: Room,
  { requestId, counting }: { requestId: string; counting: boolean },
): Judged | Refusal {
  const betas = (headers["anthropic-beta"] ?? "")
    .split(",")
    .map((it) => it.trim())
    .filter((it) => it !== "");
  const wanted = counting && isWire(raw) ? { max_tokens: 1, ...raw } : raw;
  const asked = decodeAsked(wanted, { betas, version: headers["anthropic-version"] ?? "" });
  if ("status" in asked) return asked;
  const model = modelOf(asked.model, room.options.models ?? STAND_IN_MODELS);
  if (model === undefined) return { status: 404, type: "not_found_error", message: `model: ${asked.model}` };
  const refusal = refusalOf(asked, model);
  if (refusal !== undefined) return refusal;
  const items = itemsOf(asked);
  const tokens = items.reduce((sum, it) => sum + it.tokens, 0);
  if (tokens > model.window) return bad(`prompt is too long: ${tokens} tokens > ${model.window} maximum`);
  const id = requestId.replace("req_", "msg_");
  const bound = bind(asked, items, model, room.options.account ?? "enforce-all", id);
  return bound.refusal ?? { asked, model, bound, tokens, id };
}

async function answer(
  response: ServerResponse,
  judged: Judged,
  room: Room,
  requestId: string,
): Promise<void> {
  const { asked, bound, model, id } = judged;
  const { script, minCacheable } = room.options;
  const number = room.state.turns++;
  const over: Turn = { status: 400, message: "The script of the stand-in is over." };
  const turn = typeof script === "function" ? script(asked.raw, number) : (script[number] ?? over);
  const prompt = room.state.cache(asked, bound.items, minCacheable ?? model.minCacheable);
  const newCallId = () => `toolu_${String(++room.state.calls).padStart(4, "0")}`;
  await playTurn(response, turn, { asked, bound, prompt, id, requestId, newCallId });
}
