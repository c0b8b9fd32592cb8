import type { KnownSecret } from "../text/secrets.ts";

/** A shorter key is one of a test or a gateway, and may be a word of its own. */
const MIN_KEY = 12;

/** The person's keys as values that no model, log or screen may see. */
export function keySecrets(keys: readonly (string | undefined)[]): readonly KnownSecret[] {
  return keys.flatMap((value) => (value && value.length >= MIN_KEY ? [{ value, what: "API key" }] : []));
}
