import type { Failure, FailureKind } from "../failure.ts";
import { maskKeys } from "../mask.ts";
import { recordOf, textOf } from "../record.ts";
import type { Refusal } from "../wire.ts";

const MESSAGE_LIMIT = 2000;

/** Why OpenAI refused a request (https://developers.openai.com/api/docs/guides/error-codes). */
export function responsesRefusal({ status, headers, body }: Refusal): Failure {
  const error = errorIn(parsed(body));
  const requestId = headers["x-request-id"];
  const retryAfterMs = waitOf(headers);
  return {
    kind: ofCode(error) ?? ofStatus(status, error !== undefined),
    message: cleaned(textOf(error?.message) ?? plainText(body) ?? `HTTP ${status}`),
    status,
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** The failure in an `error` of a response or of an event: `{code, message}`. */
export function failureOfError(value: unknown): Failure {
  const error = recordOf(value);
  const kind = ofCode(error) ?? (textOf(error.code) === undefined ? "server" : "invalid");
  return {
    kind,
    message: cleaned(textOf(error.message) ?? textOf(error.code) ?? "the vendor reports an error"),
  };
}

/** The `error` of a body; `undefined`: it has none. */
export function errorIn(body: unknown): Readonly<Record<string, unknown>> | undefined {
  const { error } = recordOf(body);
  if (typeof error === "string" && error !== "") return { message: error };
  return typeof error === "object" && error !== null ? recordOf(error) : undefined;
}

function ofCode(error: Readonly<Record<string, unknown>> | undefined): FailureKind | undefined {
  const code = textOf(error?.code) ?? textOf(error?.type) ?? "";
  const kind = CODES[code];
  if (kind !== undefined) return kind;
  // Compatible servers give the code of a full context no name of its own.
  return /context (window|length)|maximum context|prompt is too long/i.test(textOf(error?.message) ?? "")
    ? "context-full"
    : undefined;
}

const CODES: Readonly<Record<string, FailureKind>> = {
  context_length_exceeded: "context-full",
  string_above_max_length: "too-large",
  insufficient_quota: "credit",
  billing_hard_limit_reached: "spend-limit",
  billing_not_active: "credit",
  rate_limit_exceeded: "rate-limit",
  tokens: "rate-limit",
  requests: "rate-limit",
  invalid_api_key: "auth",
  account_deactivated: "auth",
  model_not_found: "model-unknown",
  server_error: "server",
  internal_error: "server",
  server_is_overloaded: "overloaded",
  slow_down: "overloaded",
  overloaded_error: "overloaded",
  vector_store_timeout: "timeout",
  timeout: "timeout",
};

function ofStatus(status: number, fromApi: boolean): FailureKind {
  if (status >= 300 && status < 400) return "redirect";
  if (status >= 500 && status !== 504 && status !== 529) return "server";
  return (STATUSES[status] ?? [])[fromApi ? 0 : 1] ?? (status >= 400 ? "invalid" : "unknown");
}

/** By status: what it is from the API, and from something on the way that has no body of its form. */
const STATUSES: Readonly<Record<number, readonly [FailureKind, FailureKind]>> = {
  401: ["auth", "auth"],
  402: ["credit", "credit"],
  403: ["permission", "proxy"],
  404: ["model-unknown", "invalid"],
  407: ["proxy", "proxy"],
  408: ["timeout", "timeout"],
  413: ["too-large", "proxy"],
  429: ["rate-limit", "rate-limit"],
  504: ["timeout", "timeout"],
  529: ["overloaded", "overloaded"],
};

function waitOf(headers: Refusal["headers"]): number | undefined {
  const ms = Number.parseFloat(headers["retry-after-ms"] ?? "");
  if (ms >= 0) return ms;
  const after = headers["retry-after"] ?? "";
  if (/^\s*\d+(\.\d+)?\s*$/.test(after)) return Number.parseFloat(after) * 1000;
  const wait = Date.parse(after) - Date.parse(headers["date"] ?? "");
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // A page of something on the way: its words are read as they are.
    return undefined;
  }
}

function plainText(body: string): string | undefined {
  return textOf(
    body
      .replace(/<(style|script)[\s\S]*?<\/\1>|<[^>]*>/gi, " ")
      .replace(/\s+/g, " ")
      .trim(),
  );
}

function cleaned(message: string): string {
  return maskKeys(message).slice(0, MESSAGE_LIMIT);
}
