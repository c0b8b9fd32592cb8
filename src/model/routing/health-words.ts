import type { HealthState } from "./health.ts";

/** How a key is, in words for people. `now` is milliseconds since 1970. */
export function healthWords(health: HealthState, now: number): string {
  const { state, until, reason } = health;
  const because = reason === "" ? "" : `, because ${reason}`;
  if (state === "disabled") return `disabled${because}`;
  if (state === "cooling")
    return until > now ? `cooling until ${timeOf(until, now)}${because}` : `to be tried again${because}`;
  const missing = Object.entries(health.without).filter(([, it]) => it > now);
  if (missing.length === 0) return "healthy";
  return `healthy, without ${missing.map(([model, it]) => `${model} until ${timeOf(it, now)}`).join(", ")}`;
}

/** What people should know of a provider's keys: "" while all of them may be asked. */
export function keysWords(keys: readonly { readonly health: HealthState }[], now: number): string {
  const ill = keys.filter(({ health }) => health.state !== "healthy");
  const [first] = ill;
  if (first === undefined) return "";
  const words = healthWords(first.health, now);
  return keys.length === 1
    ? `its key is ${words}`
    : `${ill.length} of ${keys.length} keys not free: ${words}`;
}

/** The time of day, and the date when it is another day's. */
function timeOf(time: number, now: number): string {
  const date = new Date(time);
  const clock = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return date.toDateString() === new Date(now).toDateString()
    ? clock
    : `${date.toLocaleDateString()} ${clock}`;
}
