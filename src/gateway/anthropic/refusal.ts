import type { JsonObject } from "../../model/conversation.ts";
import type { Failure, FailureKind } from "../../model/failure.ts";
import type { Refused } from "../dialect.ts";

/** The body of a refusal as the Messages API has it (https://platform.claude.com/docs/en/api/errors). */
export function messagesRefusal({ failure, status, requestId }: Refused): JsonObject {
  return {
    type: "error",
    error: { type: errorType(failure.kind, status), message: wordsOf(failure) },
    request_id: requestId,
  };
}

/** The type of an error by what it is, else by its status. */
export function errorType(kind: FailureKind, status: number): string {
  return BY_KIND[kind] ?? BY_STATUS[status] ?? (status >= 500 ? "api_error" : "invalid_request_error");
}

const BY_KIND: Partial<Record<FailureKind, string>> = {
  auth: "authentication_error",
  "no-key": "authentication_error",
  credit: "billing_error",
  permission: "permission_error",
  "rate-limit": "rate_limit_error",
  "spend-limit": "rate_limit_error",
  overloaded: "overloaded_error",
  "context-full": "invalid_request_error",
  "too-large": "request_too_large",
  "model-unknown": "not_found_error",
  timeout: "timeout_error",
  silent: "timeout_error",
};

const BY_STATUS: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  409: "conflict_error",
  413: "request_too_large",
  429: "rate_limit_error",
  504: "timeout_error",
  529: "overloaded_error",
};

/** Clients compact their conversation when they read these very words. */
function wordsOf({ kind, message }: Failure): string {
  return kind === "context-full" && !/prompt is too long/i.test(message)
    ? `prompt is too long: ${message}`
    : message;
}
