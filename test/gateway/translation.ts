import { Buffer } from "node:buffer";
import type { Dialect } from "../../src/gateway/dialect.ts";
import { BadRequest } from "../../src/gateway/dialect.ts";
import type { JsonObject } from "../../src/model/conversation.ts";
import { answerFold, isFailure } from "../../src/model/fold-answer.ts";
import type { StreamEvent } from "../../src/model/messages.ts";
import type { ModelInfo } from "../../src/model/provider.ts";
import { type Reading, Unreadable, type Wire } from "../../src/model/wire.ts";

/** Cuts and disturbances of a stream's bytes, as the translation cases name them. */
export interface Cut {
  readonly chunk_bytes?: number;
  readonly split_inside_utf8?: boolean;
  readonly crlf?: boolean;
  readonly comments?: boolean;
  readonly truncate?: number;
}

/** One dialect in front of one wire, as a gateway would put them together. */
export interface Pair {
  readonly dialect: Dialect;
  readonly wire: Wire;
  readonly options?: JsonObject;
  readonly info?: ModelInfo | undefined;
}

/** The body that the vendor receives for a client's body. */
export function sentFor(
  { dialect, wire, options = {}, info }: Pair,
  body: JsonObject,
  path = "",
): JsonObject {
  const model = typeof body["model"] === "string" ? body["model"] : "m";
  const call = { method: "POST", path, query: new URLSearchParams(), headers: {} };
  const request = dialect.decode(body, call);
  return wire.encode({ ...request, model }, { model, info, options }).body;
}

/** Reads answers of requests without tools that were renamed. */
export const READING: Reading = { nameOf: (it) => it, model: "m" };

/** The client's body for a vendor's whole answer, with the status in `__status`. */
export function answeredFor({ dialect, wire }: Pair, body: unknown, request: JsonObject = {}): JsonObject {
  try {
    return { __status: 200, ...dialect.answer(wire.answer(body, READING), formOf(request)) };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { __status: 502, ...dialect.refusal({ failure: error.failure, status: 502, requestId: "req_1" }) };
  }
}

/** What a client gets of a vendor's stream; `failed`: it ended in a failure, and the connection with it. */
export function streamedFor(
  pair: Pair,
  bytes: readonly Uint8Array[],
  request: JsonObject = {},
): { readonly raw: string; readonly failed: boolean } {
  const encoder = pair.dialect.encoder(formOf(request));
  const events = decoded(pair.wire, bytes);
  return {
    raw: events.map((it) => encoder.take(it)).join(""),
    failed: events.at(-1)?.type === "error",
  };
}

/** The events of a vendor's bytes, up to the last there can be. */
export function decoded(wire: Wire, bytes: readonly Uint8Array[]): readonly StreamEvent[] {
  const decoder = wire.decoder(READING);
  const events: StreamEvent[] = [];
  const isOver = () => ["error", "message_stop"].includes(events.at(-1)?.type ?? "");
  for (const it of bytes) if (!isOver()) events.push(...decoder.take(it));
  if (!isOver()) events.push(...decoder.end());
  return events;
}

/** The whole answer in a vendor's bytes, or its failure. */
export function folded(
  wire: Wire,
  bytes: readonly Uint8Array[],
): ReturnType<ReturnType<typeof answerFold>["finish"]> {
  const fold = answerFold();
  for (const it of decoded(wire, bytes)) fold.take(it);
  return fold.finish();
}
export { BadRequest, isFailure };

/** What a client is told of a vendor's refusal, with the status in `__status`. */
export function refusedFor(
  { dialect, wire }: Pair,
  refusal: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: string;
  },
): JsonObject {
  const failure = wire.failure({ headers: {}, ...refusal });
  return {
    __status: refusal.status,
    ...dialect.refusal({ failure, status: refusal.status, requestId: "req_1" }),
  };
}

function formOf(body: JsonObject) {
  return { model: "m", body, created: 1, id: "made1" };
}

/** Chunks as server-sent events, cut as `cut` says. Texts such as "[DONE]" are sent as they are. */
export function sseBytes(chunks: readonly unknown[], named: boolean, cut: Cut = {}): readonly Uint8Array[] {
  const end = cut.crlf ? "\r\n" : "\n";
  const text = chunks
    .map((it) => {
      const type = typeof it === "object" && it !== null && "type" in it ? String(it.type) : "";
      const event = named && type !== "" ? `event: ${type}${end}` : "";
      const comment = cut.comments ? `: still here${end}${end}` : "";
      return `${comment}${event}data: ${typeof it === "string" ? it : JSON.stringify(it)}${end}${end}`;
    })
    .join("");
  return cutBytes(Buffer.from(text), cut);
}

/** Bytes in pieces. */
export function cutBytes(
  bytes: Buffer,
  { chunk_bytes, split_inside_utf8, truncate = 0 }: Cut,
): readonly Uint8Array[] {
  const whole = bytes.subarray(0, bytes.length - truncate);
  const size = chunk_bytes ?? (split_inside_utf8 ? 1 : whole.length);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < whole.length; at += size) pieces.push(whole.subarray(at, at + size));
  return pieces;
}
