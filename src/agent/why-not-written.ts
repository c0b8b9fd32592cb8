import type { Written } from "../world.ts";

/** Which file kept a change from being written and why, as the end of a sentence. */
export function whyNotWritten(outcome: Exclude<Written, { kind: "written" }>): string {
  const why = outcome.kind === "stale" ? "it was changed just now" : outcome.reason;
  return `${outcome.path}: ${why}.`;
}
