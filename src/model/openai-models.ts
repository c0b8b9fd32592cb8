import type { Effort } from "./conversation.ts";
import type { ModelInfo, Rates } from "./provider.ts";

/**
 * OpenAI's models as of 2026-11-21, recommended ones first. Sources: the model and pricing pages of the API
 * documentation (https://platform.openai.com/docs/models, https://platform.openai.com/docs/pricing) and the types of
 * the package `openai` 7.55.0. Models that are about to be shut down stand in it without prices.
 */
export interface OpenaiModel {
  readonly info: ModelInfo;
  /** The efforts below "low" that it takes. */
  readonly lowest: readonly ("none" | "minimal")[];
}

const FIVE: readonly Effort[] = ["low", "medium", "high", "xhigh", "max"];
const FOUR: readonly Effort[] = ["low", "medium", "high", "xhigh"];
const THREE: readonly Effort[] = ["low", "medium", "high"];

/** Cache writes have one price, however long they last. */
function rates(input: number, cacheRead: number, cacheWrite: number, output: number): Rates {
  return { input, cacheRead, cacheWrite5m: cacheWrite, cacheWrite1h: cacheWrite, output };
}

/** Twice the input and one and a half times the output: what long requests cost. */
function dearer({ input, cacheRead, cacheWrite5m, output }: Rates): Rates {
  return rates(input * 2, cacheRead * 2, cacheWrite5m * 2, output * 1.5);
}

function model(
  id: string,
  name: string,
  efforts: readonly Effort[],
  price: Rates | undefined,
  lowest: OpenaiModel["lowest"] = ["none"],
): OpenaiModel {
  const info = {
    id,
    name,
    contextWindow: 1_050_000,
    maxOutput: 128_000,
    efforts,
    images: true,
    rates: price,
  };
  return {
    info: price ? { ...info, ratesAbove: { tokens: 272_000, rates: dearer(price) } } : info,
    lowest,
  };
}

/** A model with a smaller window, whose price does not depend on how much of it is used. */
function smaller(it: OpenaiModel, contextWindow: number, maxOutput: number): OpenaiModel {
  const { ratesAbove: _, ...info } = it.info;
  return { ...it, info: { ...info, contextWindow, maxOutput } };
}

/** The dated table; first the models to offer first. */
export const OPENAI_MODELS: readonly OpenaiModel[] = [
  model("gpt-6.1-sol", "GPT-6.1 Sol", FIVE, rates(2, 0.1, 2.5, 10), []),
  model("gpt-6.1-terra", "GPT-6.1 Terra", FIVE, rates(1, 0.05, 1.25, 5)),
  model("gpt-6-astra", "GPT-6 Astra", FIVE, rates(10, 1, 12.5, 50), []),
  model("gpt-6-sol", "GPT-6 Sol", FIVE, rates(2, 0.2, 2.5, 10)),
  model("gpt-6-luna", "GPT-6 Luna", FIVE, rates(0.1, 0.01, 0.125, 0.5)),
  model("gpt-5.6-sol", "GPT-5.6 Sol", FIVE, rates(4, 0.4, 5, 20)),
  model("gpt-5.6-terra", "GPT-5.6 Terra", FIVE, rates(2, 0.2, 2.5, 12)),
  model("gpt-5.6-luna", "GPT-5.6 Luna", FIVE, rates(0.2, 0.02, 0.25, 1.2)),
  // Before 5.6 a cache write cost what the input it replaces costs.
  model("gpt-5.5", "GPT-5.5", FOUR, rates(5, 0.5, 5, 30)),
  model("gpt-5.4", "GPT-5.4", FOUR, rates(2.5, 0.25, 2.5, 15)),
  smaller(model("gpt-5.4-mini", "GPT-5.4 mini", FOUR, rates(0.75, 0.075, 0.75, 4.5)), 400_000, 128_000),
  smaller(model("gpt-5.2", "GPT-5.2", FOUR, undefined), 400_000, 128_000),
  smaller(model("gpt-5.1", "GPT-5.1", THREE, undefined), 400_000, 128_000),
  smaller(model("gpt-5", "GPT-5", THREE, undefined, ["minimal"]), 400_000, 128_000),
  smaller(model("gpt-5-mini", "GPT-5 mini", THREE, undefined, ["minimal"]), 400_000, 128_000),
  smaller(model("gpt-5-nano", "GPT-5 nano", THREE, undefined, ["minimal"]), 400_000, 128_000),
  smaller(model("o3", "o3", THREE, undefined, []), 200_000, 100_000),
  smaller(model("gpt-4.1", "GPT-4.1", [], undefined, []), 1_047_576, 32_768),
  smaller(model("gpt-4.1-mini", "GPT-4.1 mini", [], undefined, []), 1_047_576, 32_768),
  smaller(model("gpt-4o", "GPT-4o", [], undefined, []), 128_000, 16_384),
  smaller(model("gpt-4o-mini", "GPT-4o mini", [], undefined, []), 128_000, 16_384),
];

/** The table's entry for an id, also with a date behind it or a router's "openai/" before; `undefined`: not in the table. */
export function openaiModel(id: string): OpenaiModel | undefined {
  const plain = plainId(id);
  return OPENAI_MODELS.find((it) => it.info.id === plain);
}

/** Whether it is one of OpenAI's reasoning models, by its name: o1 and later, GPT-5 and later. */
export function isOpenaiReasoning(id: string): boolean {
  return /^(o\d|gpt-([5-9]|\d\d))(?![a-z0-9])/.test(plainId(id)) && !/-chat(-|$)/.test(id);
}

/** Whether it is an OpenAI model of before reasoning, by its name. */
export function isOpenaiPlain(id: string): boolean {
  return /^(gpt-[34]|chatgpt-)|^gpt-5[^/]*-chat(-|$)/.test(plainId(id));
}

function plainId(id: string): string {
  return id.replace(/^openai\//, "").replace(/-\d{4}-\d{2}-\d{2}$/, "");
}
