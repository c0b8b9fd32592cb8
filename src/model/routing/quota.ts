/** Pairs of headers in which vendors tell a limit and what is left of it, as each documents its rate limits. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["anthropic-ratelimit-requests-limit", "anthropic-ratelimit-requests-remaining"],
  ["anthropic-ratelimit-tokens-limit", "anthropic-ratelimit-tokens-remaining"],
  ["anthropic-ratelimit-input-tokens-limit", "anthropic-ratelimit-input-tokens-remaining"],
  ["anthropic-ratelimit-output-tokens-limit", "anthropic-ratelimit-output-tokens-remaining"],
  ["x-ratelimit-limit-requests", "x-ratelimit-remaining-requests"],
  ["x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens"],
];

/** The part of a key's scarcest limit that is left, 0 to 1; `undefined`: the answer does not say. */
export function quotaLeft(header: (name: string) => string | null | undefined): number | undefined {
  let least: number | undefined;
  for (const [limitName, leftName] of PAIRS) {
    const limit = numberIn(header(limitName));
    if (limit === undefined || limit === 0) continue;
    const left = numberIn(header(leftName));
    if (left !== undefined) least = Math.min(least ?? 1, left / limit);
  }
  return least;
}

function numberIn(value: string | null | undefined): number | undefined {
  return value !== null && value !== undefined && /^\d+$/.test(value.trim()) ? Number(value) : undefined;
}
