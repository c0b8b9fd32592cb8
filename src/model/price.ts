import type { Usage } from "./conversation.ts";
import type { ModelInfo } from "./provider.ts";

/** Dollars for one answer; `undefined` when the model or its price is not known. */
export function costOf(usage: Usage, model: ModelInfo | undefined): number | undefined {
  if (model?.rates === undefined) return undefined;
  const above = model.ratesAbove;
  // The higher tier is for the whole request, and its threshold counts cached input too.
  const rates = above !== undefined && inputOf(usage) > above.tokens ? above.rates : model.rates;
  const millionths =
    usage.input * rates.input +
    usage.cacheWrite5m * rates.cacheWrite5m +
    usage.cacheWrite1h * rates.cacheWrite1h +
    usage.cacheRead * rates.cacheRead +
    usage.output * rates.output;
  return millionths / 1e6;
}

/** Tokens of the whole prompt, cached or not. */
export function inputOf(usage: Usage): number {
  return usage.input + usage.cacheWrite5m + usage.cacheWrite1h + usage.cacheRead;
}
