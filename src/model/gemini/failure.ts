import { kindByStatus, retryAfterMs } from "../by-status.ts";
import type { Failure, FailureKind } from "../failure.ts";
import { maskKeys } from "../mask.ts";
import { recordOf, textOf } from "../record.ts";
import type { Refusal } from "../wire.ts";

/** What an answer that is no success tells (https://ai.google.dev/gemini-api/docs/troubleshooting, google.rpc.Status). */
export function failureOfRefusal({ status, headers, body }: Refusal): Failure {
  const error = errorIn(parsedOf(body));
  const message =
    textOf(error["message"]) ?? textOf(body.trim()) ?? `the vendor answered with status ${status}`;
  const wait = retryDelayOf(error) ?? retryAfterMs(headers);
  const requestId = headers["x-request-id"];
  return {
    kind: kindOf(status, error, message),
    message: maskKeys(message).slice(0, MESSAGE_LIMIT),
    status,
    ...(requestId !== undefined && { requestId }),
    ...(wait !== undefined && { retryAfterMs: wait }),
  };
}

const MESSAGE_LIMIT = 2_000;

/** The error that stands in place of an answer, or within a stream; `undefined`: there is none. */
export function failureIn(response: unknown): Failure | undefined {
  const error = errorIn(response);
  if (Object.keys(error).length === 0) return undefined;
  const code = error["code"];
  const status = typeof code === "number" && code >= 400 && code < 600 ? code : undefined;
  const message = textOf(error["message"]) ?? "the vendor answered with an error";
  const wait = retryDelayOf(error);
  return {
    kind: kindOf(status ?? 500, error, message),
    message: maskKeys(message).slice(0, MESSAGE_LIMIT),
    ...(status !== undefined && { status }),
    ...(wait !== undefined && { retryAfterMs: wait }),
  };
}

type Members = Readonly<Record<string, unknown>>;

/** A refused stream is a list with one error in it. */
function errorIn(body: unknown): Members {
  const { error } = recordOf(Array.isArray(body) ? body[0] : body);
  return typeof error === "string" ? { message: error } : recordOf(error);
}

function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy in between: then the status is all that tells.
    return undefined;
  }
}

function kindOf(status: number, error: Members, message: string): FailureKind {
  if (status === 400 || status === 422) return ofBadRequest(error, message);
  if (status === 503 && /overloaded/i.test(message)) return "overloaded";
  return kindByStatus(status) ?? "unknown";
}

/** The status is INVALID_ARGUMENT for all of these; only the reason of a key is told in a detail. */
function ofBadRequest(error: Members, message: string): FailureKind {
  const reasons = detailsOf(error).map((it) => it["reason"]);
  if (reasons.includes("API_KEY_INVALID") || /API key (not valid|expired)/i.test(message)) return "auth";
  if (/token count.{0,20} exceeds the maximum|prompt is too long/i.test(message)) return "context-full";
  if (/thought.?signature/i.test(message)) return "thinking-mismatch";
  return "invalid";
}

function detailsOf(error: Members): readonly Members[] {
  const { details } = error;
  return Array.isArray(details) ? details.map(recordOf) : [];
}

/** `google.rpc.RetryInfo`, whose delay is a text such as "34.4s", or an object of seconds and nanoseconds. */
function retryDelayOf(error: Members): number | undefined {
  const info = detailsOf(error).find((it) => String(it["@type"]).endsWith("google.rpc.RetryInfo"));
  const delay = info?.["retryDelay"];
  if (typeof delay === "string") return secondsOf(/^([\d.]+)s$/.exec(delay)?.[1]);
  const { seconds, nanos } = recordOf(delay);
  if (seconds === undefined && nanos === undefined) return undefined;
  const ms = Number(seconds ?? 0) * 1000 + Number(nanos ?? 0) / 1e6;
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d+(\.\d+)?$/.test(text.trim())) return undefined;
  return Math.round(Number(text) * 1000);
}
