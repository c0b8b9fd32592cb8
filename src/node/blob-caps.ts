import type { Settings } from "../settings.ts";

/** What is kept for decided changes: up to so many bytes, and for so long after a session's last event. */
export interface Caps {
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/** Keeps all that some session still names. */
export const NO_CAPS: Caps = { maxBytes: Number.POSITIVE_INFINITY, maxAgeMs: Number.POSITIVE_INFINITY };

/** Keeps nothing but what has to stay. */
export const NO_ROOM: Caps = { maxBytes: 0, maxAgeMs: 0 };

const DAY_MS = 24 * 60 * 60 * 1000;

/** The caps of the settings; 0 is no limit. */
export function capsOf(settings: Pick<Settings, "checkpoints.maxSizeMB" | "checkpoints.maxAgeDays">): Caps {
  const { "checkpoints.maxSizeMB": megabytes, "checkpoints.maxAgeDays": days } = settings;
  return {
    maxBytes: megabytes > 0 ? megabytes * 1024 * 1024 : NO_CAPS.maxBytes,
    maxAgeMs: days > 0 ? days * DAY_MS : NO_CAPS.maxAgeMs,
  };
}

/** Bytes in megabytes, for people. */
export function inMegabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** What the caps are, for people: "no limit", "at most 5 MB and 30 days". */
export function capsText({ maxBytes, maxAgeMs }: Caps): string {
  const parts = [
    ...(Number.isFinite(maxBytes) ? [`${maxBytes / 1024 / 1024} MB`] : []),
    ...(Number.isFinite(maxAgeMs) ? [`${maxAgeMs / DAY_MS} days`] : []),
  ];
  return parts.length > 0 ? `at most ${parts.join(" and ")}` : "no limit";
}
