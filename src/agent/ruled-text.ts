import type { EventBody } from "./events.ts";

/** What a screen says of a rule that the person gave while being asked. */
export function ruledText({ rule, scope }: Extract<EventBody, { type: "ruled" }>): string {
  const until = scope === "session" ? "Until this session is closed" : "From now on";
  return `${until} allowed without asking: ${rule}`;
}
