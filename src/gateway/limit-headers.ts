import type { Begun } from "../model/routing/attempts.ts";
import type { VendorAnswer } from "../model/transport.ts";
import type { Answered } from "./ask.ts";

/** Names under which vendors tell their rate limits (each vendor's page on them). */
const NAMES = /^(?:anthropic|x)-ratelimit-/;
const PLAIN = /^[\x20-\x7e]{1,200}$/;

/**
 * What the vendor tells of its rate limits, for a client to whom it is true: the next request goes to the same key,
 * since there is no other at this provider, and nobody was asked instead. `undefined`: it would mislead.
 */
export function limitHeaders(
  { candidate, decision }: Begun<Answered>,
  { headers }: VendorAnswer,
): Readonly<Record<string, string>> | undefined {
  if (candidate.opened.pool.instances.length !== 1) return undefined;
  const [first] = decision.targets;
  if (first?.provider !== candidate.target.provider || first.model !== candidate.target.model)
    return undefined;
  let found: Record<string, string> | undefined;
  for (const name in headers) {
    // Most are not, and this is asked of every answer before its first bytes go out.
    if (!name.includes("-ratelimit-") || !NAMES.test(name)) continue;
    const value = headers[name] ?? "";
    if (!PLAIN.test(value)) continue;
    found ??= {};
    found[name] = value;
  }
  return found;
}
