import type { ModelInfo } from "./provider.ts";

/** Price and size of a model for people: `$2 in, $10 out per M · 1M context`, and what else should be known of it. */
export function modelWords({ rates, contextWindow, note }: ModelInfo): string {
  const size = contextWindow > 0 ? `${tokenWords(contextWindow)} context` : "";
  return [priceWords(rates), size, note ?? ""].filter((it) => it !== "").join(" · ");
}

function priceWords(rates: ModelInfo["rates"]): string {
  if (rates === undefined) return "price unknown";
  if (rates.input === 0 && rates.output === 0) return "free";
  return `$${rates.input} in, $${rates.output} out per M`;
}

/** A number of tokens, short: 8k, 200k, 1M, 1.5M. */
export function tokenWords(tokens: number): string {
  const [value, unit] = tokens < 999_500 ? [tokens / 1000, "k"] : [tokens / 1_000_000, "M"];
  return `${value < 10 ? value.toFixed(1).replace(/\.0$/, "") : value.toFixed(0)}${unit}`;
}
