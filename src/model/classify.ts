import type { Failure, FailureKind } from "./failure.ts";
import { maskKeys } from "./mask.ts";
import { recordOf, textOf } from "./record.ts";

/**
 * What went wrong, from anything the SDK, `fetch` or a stream may throw. Decided by HTTP status, `error.type` and
 * `error.details.error_code` (https://platform.claude.com/docs/en/api/errors); by wording only where the API
 * gives nothing else. The message holds no credentials.
 */
export function classify(error: unknown): Failure {
  const thrown = partsOf(error);
  const kind = kindOf(thrown);
  return {
    kind,
    message: maskKeys(thrown.message).slice(0, MESSAGE_LIMIT),
    ...(thrown.status !== undefined && { status: thrown.status }),
    ...(thrown.requestId !== undefined && { requestId: thrown.requestId }),
    ...retryAfterOf(thrown.headers),
  };
}

const MESSAGE_LIMIT = 2000;

/** The parts of a thrown value that decide. */
interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly headers: Headers | undefined;
  /** Whether the answer had a body in the API's own form. */
  readonly fromApi: boolean;
  /** System error codes and messages of the error and all its causes. */
  readonly causes: readonly { readonly code: string; readonly message: string }[];
}

function kindOf(thrown: Thrown): FailureKind {
  if (thrown.name === "APIUserAbortError") return "stopped";
  if (thrown.status !== undefined) return byStatus(thrown.status, thrown);
  return byType(thrown.type) ?? byCause(thrown);
}

function byStatus(status: number, thrown: Thrown): FailureKind {
  if (status >= 300 && status < 400) return "redirect";
  switch (status) {
    case 400:
    case 422:
      return ofBadRequest(thrown.message);
    case 401:
      return "auth";
    case 402:
      return "credit";
    case 403:
      return thrown.fromApi ? "permission" : "proxy";
    case 404:
      return thrown.fromApi ? "model-unknown" : "invalid";
    case 407:
      return "proxy";
    case 413:
      return thrown.fromApi ? "too-large" : "proxy";
    case 429:
      return isSpendLimit(thrown.code) ? "spend-limit" : "rate-limit";
    case 408:
    case 504:
      return "timeout";
    case 529:
      return "overloaded";
    case 409:
      return "server";
  }
  if (status >= 500) return thrown.type === "overloaded_error" ? "overloaded" : "server";
  return status >= 400 ? "invalid" : "unknown";
}

/** A bad request has no codes for these four, so the documented wording is all there is. */
function ofBadRequest(message: string): FailureKind {
  if (/specified API usage limits/i.test(message)) return "spend-limit";
  if (/credit balance is too low/i.test(message)) return "credit";
  if (/prompt is too long|input is too long|exceed context limit/i.test(message)) return "context-full";
  if (/signature.{0,4} in .{0,3}thinking|latest assistant message cannot be modified/i.test(message)) {
    return "thinking-mismatch";
  }
  return "invalid";
}

function isSpendLimit(code: string | undefined): boolean {
  return code !== undefined && /spend_limit/.test(code);
}

/** Types of an `error` event inside a stream, which has no status. */
function byType(type: string | undefined): FailureKind | undefined {
  switch (type) {
    case undefined:
      return undefined;
    case "overloaded_error":
      return "overloaded";
    case "api_error":
      return "server";
    case "timeout_error":
      return "timeout";
    case "rate_limit_error":
      return "rate-limit";
    case "invalid_request_error":
      return "invalid";
    case "authentication_error":
      return "auth";
    case "billing_error":
      return "credit";
    case "permission_error":
      return "permission";
    case "not_found_error":
      return "model-unknown";
    case "request_too_large":
      return "too-large";
    default:
      return "unknown";
  }
}

const TLS =
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS|ERR_SSL|^EPROTO$|HOSTNAME_MISMATCH|INVALID_CA|CRL/;
const NETWORK =
  /^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENETDOWN|EHOSTDOWN|UND_ERR_CONNECT_TIMEOUT|UND_ERR_SOCKET|ERR_STREAM_PREMATURE_CLOSE)$/;

/** What undici throws when a vendor is silent for too long (undici, "Errors"). */
const LIMITS: Readonly<Record<string, { readonly kind: FailureKind; readonly says: string }>> = {
  UND_ERR_HEADERS_TIMEOUT: { kind: "timeout", says: "no answer began in time" },
  UND_ERR_BODY_TIMEOUT: { kind: "silent", says: "not a byte came any more" },
};

function limitIn(causes: Thrown["causes"]) {
  return causes.map(({ code }) => LIMITS[code]).find((it) => it !== undefined);
}

function byCause({ causes, name }: Thrown): FailureKind {
  // An event of the stream was no JSON.
  if (name === "SyntaxError") return "cut";
  // Neither Node's agents nor undici's give a refused tunnel a code of its own everywhere.
  if (
    causes.some((it) => it.code === "ERR_PROXY_TUNNEL" || /HTTP Tunneling|proxy response/i.test(it.message))
  ) {
    return "proxy";
  }
  if (causes.some((it) => TLS.test(it.code))) return "tls";
  const limit = limitIn(causes);
  if (limit !== undefined) return limit.kind;
  if (name === "APIConnectionTimeoutError") return "timeout";
  if (causes.some((it) => NETWORK.test(it.code))) return "network";
  if (
    name === "APIConnectionError" ||
    causes.some((it) => /^(fetch failed|terminated)$|socket hang up/i.test(it.message))
  ) {
    return "network";
  }
  return "unknown";
}

function partsOf(error: unknown): Thrown {
  const it = recordOf(error);
  const causes = causesOf(error);
  const api = recordOf(recordOf(it.error).error);
  const inner = causes.at(-1)?.message;
  const own = limitIn(causes)?.says ?? (typeof it.message === "string" ? it.message : String(error));
  return {
    name: textOf(it.name) ?? "",
    message: textOf(api.message) ?? (inner !== undefined && inner !== own ? `${own} (${inner})` : own),
    status: typeof it.status === "number" ? it.status : undefined,
    type: textOf(it.type),
    code: textOf(it.errorCode),
    requestId: textOf(it.requestID) ?? textOf(recordOf(it.error).request_id),
    headers: it.headers instanceof Headers ? it.headers : undefined,
    fromApi: textOf(api.type) !== undefined,
    causes,
  };
}

function causesOf(error: unknown): { readonly code: string; readonly message: string }[] {
  const found: { code: string; message: string }[] = [];
  let it = error;
  for (let depth = 0; depth < 8 && typeof it === "object" && it !== null; depth++) {
    const { code, message, cause, errors } = recordOf(it);
    found.push({ code: textOf(code) ?? "", message: textOf(message) ?? "" });
    // Happy Eyeballs throws an AggregateError with one error per address.
    it = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return found;
}

/** `retry-after` in seconds or as a date, or `retry-after-ms` (RFC 9110, section 10.2.3). */
function retryAfterOf(headers: Headers | undefined): { readonly retryAfterMs?: number } {
  const ms = numberOf(headers?.get("retry-after-ms"));
  if (ms !== undefined) return { retryAfterMs: ms };
  const seconds = numberOf(headers?.get("retry-after"));
  if (seconds !== undefined) return { retryAfterMs: seconds * 1000 };
  // A date is measured by the clock of the one who wrote it.
  const wait = Date.parse(headers?.get("retry-after") ?? "") - Date.parse(headers?.get("date") ?? "");
  return Number.isNaN(wait) ? {} : { retryAfterMs: Math.max(0, wait) };
}

function numberOf(value: string | null | undefined): number | undefined {
  if (value === null || value === undefined || !/^\s*\d+(\.\d+)?\s*$/.test(value)) return undefined;
  return Number(value);
}
