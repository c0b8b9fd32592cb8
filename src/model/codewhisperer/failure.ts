import { retryAfterMs } from "../by-status.ts";
import type { Failure, FailureKind } from "../failure.ts";
import { maskKeys } from "../mask.ts";
import { recordOf, textOf } from "../record.ts";
import type { Refusal } from "../wire.ts";

const MESSAGE_LIMIT = 2000;

/**
 * Why the service refused a request: its type stands in a header or in the body (AWS restJson1 protocol,
 * https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html, "Operation error serialization").
 */
export function codewhispererRefusal({ status, headers, body }: Refusal): Failure {
  const error = recordOf(parsed(body));
  const type = typeIn(headers["x-amzn-errortype"]) ?? typeIn(error.__type) ?? typeIn(error.code);
  const requestId = headers["x-amzn-requestid"];
  const wait = retryAfterMs(headers);
  const told = failureOfException(type ?? "", error);
  const kind = type === undefined || told.kind === "unknown" ? ofStatus(status, told.message) : told.kind;
  return {
    kind,
    message:
      (textOf(error.message) ?? textOf(error.Message))
        ? told.message
        : cleaned(plain(body) ?? `HTTP ${status}`),
    status,
    ...(requestId !== undefined && { requestId }),
    ...(wait !== undefined && { retryAfterMs: wait }),
  };
}

/** The failure in an exception of the service: `{message, reason?}`. */
export function failureOfException(type: string, exception: unknown): Failure {
  const it = recordOf(exception);
  const message = cleaned(
    textOf(it.message) ?? textOf(it.Message) ?? (type === "" ? "The service failed." : type),
  );
  const reason = textOf(it.reason) ?? "";
  return { kind: REASONS[reason] ?? ofWords(message) ?? TYPES[type] ?? "unknown", message };
}

const REASONS: Readonly<Record<string, FailureKind>> = {
  PROMPT_TOO_LONG: "context-full",
  CONTENT_LENGTH_EXCEEDS_THRESHOLD: "context-full",
  INVALID_MODEL_ID: "model-unknown",
  THINKING_SIGNATURE_INVALID: "thinking-mismatch",
  DAILY_REQUEST_COUNT: "spend-limit",
  MONTHLY_REQUEST_COUNT: "spend-limit",
  INSUFFICIENT_MODEL_CAPACITY: "overloaded",
  MODEL_TEMPORARILY_UNAVAILABLE: "overloaded",
  TEMPORARILY_SUSPENDED: "permission",
};

const TYPES: Readonly<Record<string, FailureKind>> = {
  ThrottlingException: "rate-limit",
  TooManyRequestsException: "rate-limit",
  ServiceQuotaExceededException: "spend-limit",
  AccessDeniedException: "permission",
  UnauthorizedException: "auth",
  ExpiredTokenException: "auth",
  UnrecognizedClientException: "auth",
  ContentLengthExceededException: "context-full",
  ValidationException: "invalid",
  ResourceNotFoundException: "model-unknown",
  ConflictException: "server",
  InternalServerException: "server",
  ServiceUnavailableException: "overloaded",
};

/** For what the service gives no reason of its own. */
function ofWords(message: string): FailureKind | undefined {
  if (/input is too long|content length exceeds|too many tokens|prompt is too long/i.test(message))
    return "context-full";
  return /bearer token.{0,40}(invalid|expired)|token (has|is) expired/i.test(message) ? "auth" : undefined;
}

function ofStatus(status: number, message: string): FailureKind {
  return (
    ofWords(message) ?? STATUSES[status] ?? (status >= 500 ? "server" : status >= 400 ? "invalid" : "unknown")
  );
}

const STATUSES: Readonly<Record<number, FailureKind>> = {
  401: "auth",
  402: "spend-limit",
  403: "permission",
  404: "model-unknown",
  407: "proxy",
  408: "timeout",
  413: "too-large",
  429: "rate-limit",
  503: "overloaded",
  504: "timeout",
};

/** "ThrottlingException:http://…" and "com.amazon.…#ThrottlingException" name the same type. */
function typeIn(value: unknown): string | undefined {
  return textOf(textOf(value)?.split(":")[0]?.split("#").at(-1));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // A page of something on the way.
    return undefined;
  }
}

function plain(body: string): string | undefined {
  return textOf(
    body
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ")
      .trim(),
  );
}

function cleaned(message: string): string {
  return maskKeys(message).slice(0, MESSAGE_LIMIT);
}
