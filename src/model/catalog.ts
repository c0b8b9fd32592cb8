import type { Effort } from "./conversation.ts";
import type { ModelInfo, Rates } from "./provider.ts";

/**
 * Claude models as of 2026-11-21, recommended ones first. Sources: models overview
 * (https://platform.claude.com/docs/en/about-claude/models/overview), pricing
 * (https://platform.claude.com/docs/en/about-claude/pricing), effort, adaptive thinking and mid-conversation
 * system messages in the same documentation. What `GET /v1/models` says goes before this table.
 */
export interface CatalogModel {
  readonly info: ModelInfo;
  /** Whether it takes `thinking: {type: "adaptive"}`; where not, none is asked for. */
  readonly adaptive: boolean;
  /** Whether `role: "system"` may stand among the messages. */
  readonly systemMessages: boolean;
  /** Whether thinking can be turned off. */
  readonly thinkingOff: boolean;
  /** Whether `tool_choice` may force a call. */
  readonly forcedCalls: boolean;
  /** Whether temperature and its kin may be set, under the version of the API that has them. */
  readonly sampling: boolean;
}

const ALL: readonly Effort[] = ["low", "medium", "high", "xhigh", "max"];
const NO_XHIGH: readonly Effort[] = ["low", "medium", "high", "max"];
const THREE: readonly Effort[] = ["low", "medium", "high"];

/** Rates from the three prices the vendor prints; cache writes cost 1.25 times (5 min) and twice (1 h) the input. */
function rates(input: number, cacheRead: number, output: number): Rates {
  return { input, cacheWrite5m: input * 1.25, cacheWrite1h: input * 2, cacheRead, output };
}

function model(
  id: string,
  name: string,
  efforts: readonly Effort[],
  price: Rates | undefined,
  takes: string,
): CatalogModel {
  return {
    info: { id, name, contextWindow: 1_000_000, maxOutput: 128_000, efforts, images: true, rates: price },
    adaptive: takes.includes("adaptive"),
    systemMessages: takes.includes("system"),
    thinkingOff: takes.includes("off"),
    forcedCalls: takes.includes("forced"),
    sampling: takes.includes("sampling"),
  };
}

/** The generation of 200,000 tokens, without adaptive thinking. */
function small(id: string, name: string, efforts: readonly Effort[], price: Rates): CatalogModel {
  const it = model(id, name, efforts, price, "off forced sampling");
  return { ...it, info: { ...it.info, contextWindow: 200_000, maxOutput: 64_000 } };
}

function tiered(it: CatalogModel, tokens: number, above: Rates): CatalogModel {
  return { ...it, info: { ...it.info, ratesAbove: { tokens, rates: above } } };
}

/** The dated table; first the models to offer first. */
export const CATALOG: readonly CatalogModel[] = [
  model("claude-sonnet-5-5", "Claude Sonnet 5.5", ALL, rates(2, 0.1, 10), "adaptive system"),
  model("claude-opus-5-5", "Claude Opus 5.5", ALL, rates(4, 0.2, 20), "adaptive system"),
  model("claude-fable-5-2", "Claude Fable 5.2", ALL, rates(8, 0.2, 40), "adaptive system"),
  tiered(
    model("claude-haiku-5-5", "Claude Haiku 5.5", ALL, rates(0.1, 0.01, 0.5), "adaptive system off forced"),
    100_000,
    rates(0.5, 0.05, 2.5),
  ),
  model("claude-mythos-5-2", "Claude Mythos 5.2", ALL, rates(8, 0.2, 40), "adaptive system"),
  model("claude-fable-5-1", "Claude Fable 5.1", ALL, rates(10, 0.25, 50), "adaptive system"),
  model("claude-mythos-5-1", "Claude Mythos 5.1", ALL, rates(10, 0.25, 50), "adaptive system"),
  model("claude-opus-5", "Claude Opus 5", ALL, rates(5, 0.5, 25), "adaptive system off forced"),
  model("claude-sonnet-5", "Claude Sonnet 5", ALL, rates(2, 0.2, 10), "adaptive off forced"),
  model("claude-fable-5", "Claude Fable 5", ALL, rates(10, 1, 50), "adaptive system forced"),
  model("claude-mythos-5", "Claude Mythos 5", ALL, rates(10, 1, 50), "adaptive system forced"),
  model("claude-opus-4-8", "Claude Opus 4.8", ALL, rates(5, 0.5, 25), "adaptive system off forced"),
  model("claude-opus-4-7", "Claude Opus 4.7", ALL, rates(5, 0.5, 25), "adaptive off forced"),
  model("claude-opus-4-6", "Claude Opus 4.6", NO_XHIGH, rates(5, 0.5, 25), "adaptive off forced sampling"),
  model(
    "claude-sonnet-4-6",
    "Claude Sonnet 4.6",
    NO_XHIGH,
    rates(3, 0.3, 15),
    "adaptive off forced sampling",
  ),
  small("claude-haiku-4-5", "Claude Haiku 4.5", [], rates(1, 0.1, 5)),
  small("claude-opus-4-5", "Claude Opus 4.5", THREE, rates(5, 0.5, 25)),
  small("claude-sonnet-4-5", "Claude Sonnet 4.5", [], rates(3, 0.3, 15)),
  model("claude-mythos-preview", "Claude Mythos Preview", THREE, undefined, "adaptive"),
];

/** The table's entry for an id, also for one with a date behind it; `undefined`: not in the table. */
export function catalogued(id: string): CatalogModel | undefined {
  const found = CATALOG[placeOf(id)];
  return found === undefined || found.info.id === id ? found : { ...found, info: { ...found.info, id } };
}

/** Where an id stands in the table; behind its end when it does not. */
export function placeOf(id: string): number {
  const plain = id.replace(/-\d{8}$/, "");
  const at = CATALOG.findIndex((it) => it.info.id === plain);
  return at === -1 ? CATALOG.length : at;
}
