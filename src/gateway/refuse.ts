import type { Failure } from "../model/failure.ts";
import type { Dialect } from "./dialect.ts";
import { type GatewayAnswer, requestIdHeaders, statusOf } from "./exchange.ts";

/** A refusal in the client's dialect. */
export function refused(dialect: Dialect, failure: Failure, requestId: string): GatewayAnswer {
  const given = statusOf(failure);
  // A status of Anthropic's own, which others' clients do not try again.
  const status = given === 529 && dialect.name !== "anthropic" ? 503 : given;
  const wait = failure.retryAfterMs;
  return {
    status,
    headers: {
      "content-type": "application/json",
      ...requestIdHeaders(requestId),
      ...(wait !== undefined && { "retry-after": String(Math.ceil(wait / 1000)) }),
    },
    body: failure.body ?? JSON.stringify(dialect.refusal({ failure, status, requestId })),
  };
}
