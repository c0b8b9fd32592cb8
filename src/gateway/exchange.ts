import type { Failure } from "../model/failure.ts";
import type { ClientCall } from "./dialect.ts";

/** A request of a client, with its whole body. */
export interface GatewayRequest extends ClientCall {
  readonly body: string;
  /** Why the body is not whole; absent: it is. */
  readonly broken?: Failure;
}

/** What a client gets. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Whole, or as it comes; a stream is left by `return` when the client goes away. */
  readonly body: string | AsyncIterable<string | Uint8Array>;
  /** A sign of life for a stream that is silent just now; "": none may be put here. */
  readonly ping?: () => string;
}

/** Somebody who has a key of the gateway. */
export interface Client {
  readonly name: string;
  /** Milliseconds to wait until its own limits allow a request of about `tokens`; 0: none. */
  readonly wait: (tokens: () => number) => number;
  readonly began: () => void;
  readonly spent: (tokens: number) => void;
  /**
   * Resolves, with what gives the place back, when it has fewer requests under way than it may; those of its sessions
   * take turns. Rejects with the signal's reason. Absent: there may be any number.
   */
  readonly enter?: (session: string, signal: AbortSignal) => Promise<() => void>;
  /** The project all of its requests are for; absent: as it says itself. */
  readonly project?: string;
}

/** The id of a request in the headers that the vendors' SDKs read. */
export function requestIdHeaders(id: string): Readonly<Record<string, string>> {
  return { "request-id": id, "x-request-id": id };
}

/** HTTP status of a failure that nobody gave one for. */
export function statusOf({ kind, status }: Failure): number {
  if (status !== undefined && status >= 400) return status;
  return STATUS[kind] ?? 502;
}

const STATUS: Partial<Record<Failure["kind"], number>> = {
  "no-key": 401,
  auth: 401,
  credit: 402,
  permission: 403,
  "rate-limit": 429,
  "spend-limit": 429,
  "no-key-free": 429,
  budget: 402,
  overloaded: 529,
  "context-full": 400,
  "too-large": 413,
  "thinking-mismatch": 400,
  "model-unknown": 404,
  invalid: 400,
  timeout: 504,
  silent: 504,
  stopped: 499,
};
