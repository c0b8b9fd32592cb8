import type { ModelInfo } from "../model/provider.ts";

/** What a model costs and holds, for people. */
export function costLine({ rates, contextWindow, maxOutput }: ModelInfo): string {
  const price =
    rates === undefined ? "price unknown" : `$${rates.input} in, $${rates.output} out per million`;
  return `${thousands(contextWindow)} context, ${thousands(maxOutput)} out, ${price}`;
}

function thousands(tokens: number): string {
  return tokens >= 1_000_000 ? `${Math.round(tokens / 100_000) / 10}M` : `${Math.round(tokens / 1000)}k`;
}
