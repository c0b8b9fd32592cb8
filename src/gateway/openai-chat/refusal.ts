import type { JsonObject } from "../../model/conversation.ts";
import type { Failure, FailureKind } from "../../model/failure.ts";
import type { Refused } from "../dialect.ts";

/** The body of a refusal as OpenAI has it (OpenAI API documentation, "Error codes"). */
export function chatRefusal({ failure, status }: Refused): JsonObject {
  const { type, code } = BY_KIND[failure.kind] ?? BY_STATUS[status] ?? (status >= 500 ? SERVER : INVALID);
  return { error: { message: wordsOf(failure), type, param: null, code } };
}

interface Named {
  readonly type: string;
  readonly code: string | null;
}

const INVALID: Named = { type: "invalid_request_error", code: null };
const SERVER: Named = { type: "server_error", code: "server_error" };
const KEY: Named = { type: "invalid_request_error", code: "invalid_api_key" };
const QUOTA: Named = { type: "insufficient_quota", code: "insufficient_quota" };
const DENIED: Named = { type: "invalid_request_error", code: "permission_denied" };
const UNKNOWN_MODEL: Named = { type: "invalid_request_error", code: "model_not_found" };
const TOO_LONG: Named = { type: "invalid_request_error", code: "context_length_exceeded" };
const TOO_MANY: Named = { type: "rate_limit_error", code: "rate_limit_exceeded" };
const TIMEOUT: Named = { type: "server_error", code: "timeout" };

const BY_KIND: Partial<Record<FailureKind, Named>> = {
  auth: KEY,
  "no-key": KEY,
  credit: QUOTA,
  permission: DENIED,
  "rate-limit": TOO_MANY,
  "spend-limit": TOO_MANY,
  overloaded: SERVER,
  "context-full": TOO_LONG,
  "too-large": TOO_LONG,
  "model-unknown": UNKNOWN_MODEL,
  timeout: TIMEOUT,
  silent: TIMEOUT,
};

const BY_STATUS: Readonly<Record<number, Named>> = {
  401: KEY,
  402: QUOTA,
  403: DENIED,
  404: UNKNOWN_MODEL,
  408: TIMEOUT,
  413: TOO_LONG,
  429: TOO_MANY,
  504: TIMEOUT,
};

/** Clients compact their conversation when they read these very words. */
function wordsOf({ kind, message }: Failure): string {
  return kind === "context-full" && !/maximum context length/i.test(message)
    ? `This model's maximum context length is exceeded: ${message}`
    : message;
}
