import { kindByStatus, retryAfterMs } from "../by-status.ts";
import type { Failure, FailureKind } from "../failure.ts";
import { maskKeys } from "../mask.ts";
import { recordOf, textOf } from "../record.ts";
import type { Refusal } from "../wire.ts";

/** What a refusal of a host says went wrong (OpenAI API documentation, "Error codes" and "Rate limits"). */
export function chatFailure({ status, headers, body }: Refusal): Failure {
  const told = toldIn(parsed(body));
  const kind = kindOf(told, status);
  const requestId = textOf(headers["x-request-id"]) ?? textOf(headers["request-id"]);
  const retryAfterMs = waitOf(headers, kind);
  return {
    kind,
    message: said(told.message ?? (plainText(body) || `the host answered status ${status}`)),
    status,
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** The failure in an answer or a chunk that came as a success; `undefined`: it tells none. */
export function toldFailure(body: unknown): Failure | undefined {
  const { error, object } = recordOf(body);
  // Some hosts leave the member empty beside an answer.
  if (!error && object !== "error") return undefined;
  const told = toldIn(body);
  const status = statusIn(told.code);
  return {
    kind: kindOf(told, status),
    message: said(told.message ?? "the host told of an error without saying which"),
    ...(status !== undefined && { status }),
  };
}

const MESSAGE_LIMIT = 2000;

function said(message: string): string {
  return maskKeys(message).slice(0, MESSAGE_LIMIT);
}

/** What an error says, in any of the forms hosts have. */
interface Told {
  readonly message: string | undefined;
  readonly code: string;
  readonly type: string;
}

function toldIn(body: unknown): Told {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const outer = recordOf(first);
  const inner =
    typeof outer["error"] === "object" && outer["error"] !== null ? recordOf(outer["error"]) : outer;
  // OpenRouter puts the host's own words behind its own.
  const raw = textOf(recordOf(inner["metadata"])["raw"]);
  const message =
    textOf(inner["message"]) ?? textOf(outer["error"]) ?? textOf(outer["detail"]) ?? textOf(outer["message"]);
  return {
    message: raw !== undefined && message !== undefined ? `${message}: ${raw}` : message,
    code: typeof inner["code"] === "number" ? String(inner["code"]) : (textOf(inner["code"]) ?? ""),
    type: textOf(inner["type"]) ?? textOf(inner["status"]) ?? "",
  };
}

function statusIn(code: string): number | undefined {
  return /^[45]\d\d$/.test(code) ? Number(code) : undefined;
}

const FULL =
  /maximum context length|context (length|window|size)|prompt is too long|input is too long|too many (input )?tokens in/i;

/** Codes and types first, then the status; wording only for what has no code everywhere. */
function kindOf(told: Told, status: number | undefined): FailureKind {
  const words = `${told.code} ${told.type}`;
  if (/context_length_exceeded|exceed_context_size/.test(words)) return "context-full";
  if (/insufficient_quota|billing_(hard_limit|not_active)|insufficient_balance/.test(words)) return "credit";
  if (
    (status === undefined || status === 400 || status === 413 || status === 422) &&
    FULL.test(told.message ?? "")
  ) {
    return "context-full";
  }
  return (status === undefined ? undefined : kindByStatus(status)) ?? byWords(words);
}

/** Errors within a stream have no status. */
function byWords(words: string): FailureKind {
  if (/overloaded|slow_down|unavailable/i.test(words)) return "overloaded";
  if (/rate_limit|too_many_requests|tokens|requests/i.test(words)) return "rate-limit";
  if (/api_key|authentication/i.test(words)) return "auth";
  if (/permission/i.test(words)) return "permission";
  if (/not_found/i.test(words)) return "model-unknown";
  if (/timeout/i.test(words)) return "timeout";
  if (/invalid|bad_request|policy/i.test(words)) return "invalid";
  return "server";
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A body that is no JSON, as words: of a page its title. */
function plainText(body: string): string {
  if (!/^\s*<(!doctype|html)/i.test(body)) return body.trim();
  const title = /<title[^>]*>([^<]*)/i.exec(body)?.[1]?.trim();
  return `the host answered a web page${title ? `: ${title}` : ""}`;
}

/** How long to wait: what the host asks, else until the limit that is used up is filled again. */
function waitOf(headers: Refusal["headers"], kind: FailureKind): number | undefined {
  const asked = retryAfterMs(headers);
  if (asked !== undefined) return asked;
  if (kind !== "rate-limit") return undefined;
  const resets = ["requests", "tokens"]
    .filter((it) => (headers[`x-ratelimit-remaining-${it}`] ?? "0").trim() === "0")
    .map((it) => durationMs(headers[`x-ratelimit-reset-${it}`] ?? ""))
    .filter((it) => it !== undefined);
  return resets.length === 0 ? undefined : Math.max(...resets);
}

function numberIn(value: string | undefined): number | undefined {
  return value !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}

const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** A duration such as "6m0s" or "20ms" in milliseconds; a bare number is seconds. */
function durationMs(text: string): number | undefined {
  const seconds = numberIn(text);
  if (seconds !== undefined) return Math.round(seconds * 1000);
  if (!/^(\d+(\.\d+)?(ms|[dhms]))+$/.test(text.trim())) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/g)];
  return Math.round(
    parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ""] ?? 0), 0),
  );
}
