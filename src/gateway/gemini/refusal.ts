import type { JsonObject } from "../../model/conversation.ts";
import type { Failure } from "../../model/failure.ts";
import type { Refused } from "../dialect.ts";

/** The body of a refusal: a `google.rpc.Status` (https://cloud.google.com/apis/design/errors). */
export function geminiRefusal({ failure, status }: Refused): JsonObject {
  const wait = failure.retryAfterMs;
  // Google has no such status.
  const code = status === 529 ? 503 : status;
  return {
    error: {
      code,
      message: wordsOf(failure),
      status: statusOf(code),
      ...(wait !== undefined && {
        details: [
          { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${Math.ceil(wait / 1000)}s` },
        ],
      }),
    },
  };
}

function statusOf(code: number): string {
  return STATUSES[code] ?? (code >= 500 ? "INTERNAL" : "INVALID_ARGUMENT");
}

const STATUSES: Readonly<Record<number, string>> = {
  401: "UNAUTHENTICATED",
  402: "RESOURCE_EXHAUSTED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  408: "DEADLINE_EXCEEDED",
  409: "ABORTED",
  429: "RESOURCE_EXHAUSTED",
  499: "CANCELLED",
  501: "UNIMPLEMENTED",
  502: "UNAVAILABLE",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
};

/** Clients shorten their conversation when they read these very words. */
function wordsOf({ kind, message }: Failure): string {
  const words = "The input token count exceeds the maximum number of tokens allowed";
  return kind === "context-full" && !/token count.{0,20} exceeds the maximum/i.test(message)
    ? `${words}: ${message}`
    : message;
}
