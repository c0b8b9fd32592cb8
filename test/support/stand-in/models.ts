/** What the real API accepts for a model (its documentation as of November 2026); kept apart from the client's own table on purpose. */
export interface StandInModel {
  readonly id: string;
  readonly window: number;
  readonly cap: number;
  readonly minCacheable: number;
  readonly efforts: readonly string[];
  /** Accepted `thinking.type` values. */
  readonly thinking: readonly string[];
  /** Whether it thinks when `thinking` is absent. */
  readonly thinksByDefault: boolean;
  readonly forcedTools: boolean;
  readonly prefill: boolean;
  readonly systemMessages: boolean;
  readonly perMessageEffort: boolean;
  /** Whether it checks that thinking stands behind the prefix it was made for. */
  readonly binds: boolean;
  readonly speed: boolean;
}

const FIVE = ["low", "medium", "high", "xhigh", "max"];
const FOUR = ["low", "medium", "high", "max"];

const modern: Omit<StandInModel, "id"> = {
  window: 1_000_000,
  cap: 128_000,
  minCacheable: 512,
  efforts: FIVE,
  thinking: ["adaptive"],
  thinksByDefault: true,
  forcedTools: false,
  prefill: false,
  systemMessages: true,
  perMessageEffort: false,
  binds: true,
  speed: false,
};
const older = { ...modern, forcedTools: true, binds: false };
const off = { ...older, thinking: ["adaptive", "disabled"], thinksByDefault: false };
const manual = {
  ...off,
  window: 200_000,
  cap: 64_000,
  minCacheable: 4096,
  efforts: [],
  thinking: ["enabled", "disabled"],
  prefill: true,
  systemMessages: false,
};

/** Every model the stand-in knows. */
export const STAND_IN_MODELS: readonly StandInModel[] = [
  { id: "claude-fable-5-2", ...modern, speed: true },
  { id: "claude-mythos-5-2", ...modern },
  { id: "claude-fable-5-1", ...modern, perMessageEffort: true },
  { id: "claude-mythos-5-1", ...modern, perMessageEffort: true },
  { id: "claude-opus-5-5", ...modern, perMessageEffort: true, speed: true },
  { id: "claude-sonnet-5-5", ...modern, thinking: ["adaptive", "between_tools"], perMessageEffort: true },
  { id: "claude-haiku-5-5", ...modern, thinking: ["adaptive", "disabled"], forcedTools: true },
  { id: "claude-fable-5", ...older },
  { id: "claude-mythos-5", ...older },
  { id: "claude-opus-5", ...older, thinking: ["adaptive", "disabled"], perMessageEffort: true, speed: true },
  {
    id: "claude-sonnet-5",
    ...older,
    thinking: ["adaptive", "disabled"],
    systemMessages: false,
    minCacheable: 1024,
  },
  { id: "claude-opus-4-8", ...off, minCacheable: 1024, speed: true },
  { id: "claude-opus-4-7", ...off, systemMessages: false, minCacheable: 2048 },
  {
    id: "claude-opus-4-6",
    ...off,
    thinking: ["adaptive", "enabled", "disabled"],
    systemMessages: false,
    efforts: FOUR,
    minCacheable: 4096,
  },
  {
    id: "claude-sonnet-4-6",
    ...off,
    thinking: ["adaptive", "enabled", "disabled"],
    systemMessages: false,
    efforts: FOUR,
    minCacheable: 1024,
  },
  { id: "claude-opus-4-5", ...manual, efforts: ["low", "medium", "high"] },
  { id: "claude-sonnet-4-5", ...manual, minCacheable: 1024 },
  { id: "claude-haiku-4-5", ...manual },
];

/** The model of an id, with or without date; `undefined`: not served. */
export function modelOf(id: string, models: readonly StandInModel[]): StandInModel | undefined {
  return models.find((it) => it.id === id || it.id === id.replace(/-\d{8}$/, ""));
}

/** Which models' thinking a model can read; what it cannot is dropped silently. */
export function reads(reader: string, producer: string): boolean {
  if (reader === producer) return true;
  const pair = (a: string, b: string) => [a, b].every((it) => it === reader || it === producer);
  if (pair("claude-fable-5-2", "claude-mythos-5-2") || pair("claude-fable-5-1", "claude-mythos-5-1"))
    return true;
  if (/(fable|mythos)-5-[12]$/.test(producer) || /(fable|mythos)-5-2$/.test(reader)) return false;
  if (/(fable|mythos)-5-1$/.test(reader)) return true;
  if (/(fable|mythos)/.test(producer)) return /(fable|mythos)/.test(reader);
  if (reader === "claude-opus-5-5") return true;
  if (producer === "claude-opus-5-5") return false;
  if (reader === "claude-sonnet-5-5") return producer !== "claude-opus-5";
  if (producer === "claude-sonnet-5-5") return false;
  if (reader === "claude-haiku-5-5") return producer !== "claude-opus-5";
  return producer !== "claude-haiku-5-5";
}

/** An entry of `GET /v1/models`. */
export function listed(model: StandInModel): object {
  const is = (supported: boolean) => ({ supported });
  const efforts = Object.fromEntries(FIVE.map((it) => [it, is(model.efforts.includes(it))]));
  const types = ["adaptive", "between_tools", "disabled", "enabled"];
  return {
    type: "model",
    id: model.id,
    display_name: model.id.replace("claude-", "Claude ").replaceAll("-", " "),
    created_at: "2026-01-01T00:00:00Z",
    deprecated_at: null,
    retires_at: null,
    lifecycle: "active",
    line: model.id.split("-")[1],
    max_input_tokens: model.window,
    max_tokens: model.cap,
    capabilities: {
      effort: { supported: model.efforts.length > 0, ...efforts },
      image_input: is(true),
      thinking: {
        supported: true,
        types: Object.fromEntries(types.map((it) => [it, is(model.thinking.includes(it))])),
      },
    },
  };
}
