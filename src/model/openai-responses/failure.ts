import type { Failure, FailureKind } from "../failure.ts";
import { maskKeys } from "../mask.ts";
import { chatFailure } from "../openai-chat/failure.ts";
import { recordOf, textOf } from "../record.ts";
import type { Refusal } from "../wire.ts";

/** Why OpenAI refused a request (https://developers.openai.com/api/docs/guides/error-codes). */
export function responsesRefusal(refusal: Refusal): Failure {
  const failure = chatFailure(refusal);
  return { ...failure, kind: ofCode(errorIn(parsed(refusal.body))) ?? failure.kind };
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

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // A page of something on the way: its words are read as they are.
    return undefined;
  }
}

const MESSAGE_LIMIT = 2000;

function cleaned(message: string): string {
  return maskKeys(message).slice(0, MESSAGE_LIMIT);
}
