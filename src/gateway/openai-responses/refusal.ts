import type { JsonObject } from "../../model/conversation.ts";
import type { Failure, FailureKind } from "../../model/failure.ts";
import type { Refused } from "../dialect.ts";

/** The body of a refusal (https://developers.openai.com/api/docs/guides/error-codes). */
export function responsesRefusal({ failure, status }: Refused): JsonObject {
  const code = errorCode(failure.kind, status);
  const type = typeOf(failure.kind, status);
  return { error: { message: wordsOf(failure), type, param: null, code } };
}

/** The `error` of a response that has failed. */
export function responseError(failure: Failure): JsonObject {
  return { code: errorCode(failure.kind, failure.status ?? 500), message: wordsOf(failure) };
}

function errorCode(kind: FailureKind, status: number): string {
  return CODES[kind] ?? CODE_OF_STATUS[status] ?? (status >= 500 ? "server_error" : "invalid_request_error");
}

const CODES: Partial<Record<FailureKind, string>> = {
  "no-key": "invalid_api_key",
  auth: "invalid_api_key",
  credit: "insufficient_quota",
  "spend-limit": "insufficient_quota",
  permission: "permission_denied",
  "rate-limit": "rate_limit_exceeded",
  overloaded: "server_is_overloaded",
  "context-full": "context_length_exceeded",
  "too-large": "context_length_exceeded",
  "model-unknown": "model_not_found",
  timeout: "timeout",
  silent: "timeout",
  server: "server_error",
  network: "server_error",
  cut: "server_error",
};

const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  401: "invalid_api_key",
  402: "insufficient_quota",
  403: "permission_denied",
  404: "model_not_found",
  408: "timeout",
  413: "context_length_exceeded",
  429: "rate_limit_exceeded",
  504: "timeout",
};

function typeOf(kind: FailureKind, status: number): string {
  if (kind === "credit" || kind === "spend-limit") return "insufficient_quota";
  if (status === 429) return "rate_limit_error";
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  return status >= 500 ? "server_error" : "invalid_request_error";
}

/** Clients compact their conversation when they read these very words. */
function wordsOf({ kind, message }: Failure): string {
  const isTold = /context window|context length/i.test(message);
  return kind === "context-full" && !isTold
    ? `Your input exceeds the context window of this model. ${message}`
    : message;
}
