import type { Effort } from "./conversation.ts";
import type { ModelInfo, Rates } from "./provider.ts";
import { countOf, recordOf, textOf } from "./record.ts";

/** What is known of a Gemini model. */
export interface GeminiModel {
  readonly id: string;
  readonly name: string;
  /** Levels of thinking it takes, the least first; "minimal" is below our own efforts. */
  readonly levels: readonly ThinkingLevel[];
  /** Most output tokens of an answer that is not streamed; absent: as many as when it is. */
  readonly maxUnstreamed?: number;
  /** What it costs from which day on, the earliest first; none: the price is not known. */
  readonly prices: readonly GeminiPrice[];
}

/** A value of `thinkingConfig.thinkingLevel`. */
export type ThinkingLevel = "minimal" | "low" | "medium" | "high";

/** A price from a day on. */
export interface GeminiPrice {
  /** The first day it holds, as YYYY-MM-DD; "" has always held. */
  readonly from: string;
  readonly rates: Rates;
  readonly above?: { readonly tokens: number; readonly rates: Rates };
}

const THREE: readonly ThinkingLevel[] = ["low", "medium", "high"];
const FOUR: readonly ThinkingLevel[] = ["minimal", ...THREE];

/** Caching is implicit: what is written costs as any input. */
function rates(input: number, cacheRead: number, output: number): Rates {
  return { input, cacheWrite5m: input, cacheWrite1h: input, cacheRead, output };
}

function model(id: string, name: string, levels: readonly ThinkingLevel[], ...price: Rates[]): GeminiModel {
  return { id, name, levels, prices: price.map((it) => ({ from: "", rates: it })) };
}

/**
 * Gemini models as of 2026-11-21, recommended ones first. Sources: models (https://ai.google.dev/gemini-api/docs/models),
 * pricing (https://ai.google.dev/gemini-api/docs/pricing), thinking (https://ai.google.dev/gemini-api/docs/thinking).
 * Models that are shut down, and aliases whose target changes, are not in it.
 */
export const GEMINI_MODELS: readonly GeminiModel[] = [
  {
    ...model("gemini-4-argon", "Gemini 4 Argon", THREE),
    maxUnstreamed: 32_768,
    // The price at its release ends with November 2026.
    prices: [
      { from: "2026-09-30", rates: rates(2, 0.1, 10) },
      { from: "2026-12-01", rates: rates(4, 0.2, 20) },
    ],
  },
  model("gemini-4-carbon", "Gemini 4 Carbon", THREE),
  model("gemini-3.8-flash", "Gemini 3.8 Flash", THREE, rates(0.75, 0.075, 3.75)),
  model("gemini-3.7-flash", "Gemini 3.7 Flash", THREE, rates(0.75, 0.075, 3.75)),
  model("gemini-3.6-flash", "Gemini 3.6 Flash", FOUR, rates(0.75, 0.075, 3.75)),
  model("gemini-3.5-flash", "Gemini 3.5 Flash", THREE, rates(1.5, 0.15, 9)),
  model("gemini-3.5-flash-lite", "Gemini 3.5 Flash-Lite", THREE, rates(0.3, 0.03, 2.5)),
  tiered(model("gemini-3.1-pro-preview", "Gemini 3.1 Pro Preview", THREE)),
  tiered(model("gemini-3.1-pro-preview-customtools", "Gemini 3.1 Pro Preview (custom tools)", THREE)),
  model("gemini-3.1-flash-lite", "Gemini 3.1 Flash-Lite", FOUR, rates(0.25, 0.025, 1.5)),
  model("gemini-3-flash-preview", "Gemini 3 Flash Preview", FOUR, rates(0.5, 0.05, 3)),
];

function tiered(it: GeminiModel): GeminiModel {
  const above = { tokens: 200_000, rates: rates(4, 0.4, 18) };
  return { ...it, prices: [{ from: "", rates: rates(2, 0.2, 12), above }] };
}

/** The table's entry of an id, with or without "models/" before it; `undefined`: not in the table. */
export function geminiModel(id: string): GeminiModel | undefined {
  const plain = id.replace(/^models\//, "");
  return GEMINI_MODELS.find((it) => it.id === plain);
}

/**
 * What is known of a model on a day, as YYYY-MM-DD; `undefined`: nothing. Without a day, or before the first price, it
 * shows the last price known, so that no cost is told too low after a rise.
 */
export function geminiInfo(id: string, day?: string): ModelInfo | undefined {
  const known = geminiModel(id);
  return known && infoOf(known, day);
}

/** The whole table on a day, as `geminiInfo` shows it. */
export function geminiInfos(day?: string): readonly ModelInfo[] {
  return GEMINI_MODELS.map((it) => infoOf(it, day));
}

const WINDOW = 1_048_576;
const MOST_OUTPUT = 65_536;

function infoOf(known: GeminiModel, day: string | undefined): ModelInfo {
  const price = known.prices.findLast((it) => day !== undefined && it.from <= day) ?? known.prices.at(-1);
  return {
    id: known.id,
    name: known.name,
    contextWindow: WINDOW,
    maxOutput: MOST_OUTPUT,
    efforts: known.levels.filter((it): it is Effort & ThinkingLevel => it !== "minimal"),
    images: true,
    rates: price?.rates,
    ...(price?.above && { ratesAbove: price.above }),
  };
}

/**
 * The models of a `GET /v1beta/models` answer that generate content, in the table's order, those it does not know
 * behind; the whole table when nothing in it is usable.
 */
export function mergeGeminiListed(body: unknown, day?: string): readonly ModelInfo[] {
  const { models } = recordOf(body);
  const found = (Array.isArray(models) ? models : []).flatMap((it) => listed(recordOf(it), day));
  if (found.length === 0) return geminiInfos(day);
  return found.toSorted((a, b) => placeOf(a.id) - placeOf(b.id));
}

function listed(it: Readonly<Record<string, unknown>>, day: string | undefined): readonly ModelInfo[] {
  const id = textOf(it["name"])?.replace(/^models\//, "");
  const methods = it["supportedGenerationMethods"];
  if (id === undefined || (Array.isArray(methods) && !methods.includes("generateContent"))) return [];
  const known = geminiInfo(id, day) ?? undescribed(id);
  return [
    {
      ...known,
      name: textOf(it["displayName"]) ?? known.name,
      contextWindow: countOf(it["inputTokenLimit"]) ?? known.contextWindow,
      maxOutput: countOf(it["outputTokenLimit"]) ?? known.maxOutput,
    },
  ];
}

function undescribed(id: string): ModelInfo {
  return {
    id,
    name: id,
    contextWindow: WINDOW,
    maxOutput: MOST_OUTPUT,
    efforts: [],
    images: true,
    rates: undefined,
  };
}

function placeOf(id: string): number {
  const at = GEMINI_MODELS.findIndex((it) => it.id === id);
  return at === -1 ? GEMINI_MODELS.length : at;
}
