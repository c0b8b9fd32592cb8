import type { FailureKind } from "./failure.ts";

/** What a status of HTTP says where the vendor's body says no more (RFC 9110, section 15); `undefined`: it is no failure. */
export function kindByStatus(status: number): FailureKind | undefined {
  if (status < 300) return undefined;
  if (status < 400) return "redirect";
  return BY_STATUS[status] ?? (status >= 500 ? "server" : "invalid");
}

const BY_STATUS: Readonly<Record<number, FailureKind>> = {
  401: "auth",
  402: "credit",
  403: "permission",
  404: "model-unknown",
  407: "proxy",
  408: "timeout",
  409: "server",
  413: "too-large",
  429: "rate-limit",
  504: "timeout",
  // Anthropic's own, which others have taken over.
  529: "overloaded",
};

/** Milliseconds that headers ask to wait: `retry-after-ms`, or `retry-after` in seconds or as a date (RFC 9110, section 10.2.3). */
export function retryAfterMs(headers: Readonly<Record<string, string | undefined>>): number | undefined {
  const ms = numberIn(headers["retry-after-ms"]);
  if (ms !== undefined) return ms;
  const seconds = numberIn(headers["retry-after"]);
  if (seconds !== undefined) return Math.round(seconds * 1000);
  // A date is measured by the clock of the one who wrote it.
  const wait = Date.parse(headers["retry-after"] ?? "") - Date.parse(headers["date"] ?? "");
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

function numberIn(value: string | undefined): number | undefined {
  return value !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}
