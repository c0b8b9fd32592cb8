import type { Json, JsonObject } from "../conversation.ts";
import { geminiModel, type ThinkingLevel } from "../gemini-models.ts";
import type { MessagesRequest } from "../messages.ts";
import { recordOf, textOf } from "../record.ts";

/**
 * The generation in a model's id: 2.5 of "gemini-2.5-flash"; an alias such as "gemini-flash-latest" is of the newest.
 * `undefined`: it is no Gemini model.
 */
export function generationOf(model: string): number | undefined {
  if (!/gemini/i.test(model)) return undefined;
  const number = /gemini-(\d+(?:\.\d+)?)/i.exec(model)?.[1];
  return number === undefined ? Number.POSITIVE_INFINITY : Number(number);
}

/** Whether thought signatures and ids of calls have to come back: from Gemini 3 on. */
export function isGemini3(model: string): boolean {
  return (generationOf(model) ?? 0) >= 3;
}

/**
 * `thinkingConfig` for what a client asked of thinking: a level from Gemini 3 on, a budget for 2.5
 * (https://ai.google.dev/gemini-api/docs/thinking). `undefined`: the model decides, or does not think.
 */
export function thinkingConfigFor(request: MessagesRequest, model: string): JsonObject | undefined {
  const generation = generationOf(model);
  const amount = amountAsked(request);
  if (generation === undefined || generation < 2.5 || amount === undefined) return undefined;
  const shows =
    request.thinking !== undefined && amount !== "none" && request.thinking["display"] !== "omitted";
  return {
    ...(generation >= 3
      ? { thinkingLevel: levelFor(amount, model) }
      : { thinkingBudget: budgetFor(amount, model) }),
    ...(shows && { includeThoughts: true }),
  };
}

/** "none", "adaptive", the name of an effort, or a budget in tokens. */
type Amount = string | number;

function amountAsked({ thinking, output_config }: MessagesRequest): Amount | undefined {
  const effort = textOf(output_config?.["effort"]);
  if (thinking?.type === "disabled") return "none";
  if (effort !== undefined) return effort;
  if (thinking === undefined) return undefined;
  return budgetIn(thinking["budget_tokens"]) ?? "adaptive";
}

function budgetIn(value: Json | undefined): number | undefined {
  return typeof value === "number" && value > 0 && Number.isFinite(value) ? Math.round(value) : undefined;
}

/** Budgets up to which a level is asked for; beyond, it is "high". */
const LOW_BUDGET = 4_096;
const MEDIUM_BUDGET = 16_384;

function levelFor(amount: Amount, model: string): ThinkingLevel {
  const level = levelOf(amount);
  // Thinking cannot be turned off from Gemini 3 on, and only some models know the least level.
  return level === "minimal" && !geminiModel(model)?.levels.includes("minimal") ? "low" : level;
}

function levelOf(amount: Amount): ThinkingLevel {
  if (typeof amount === "number") {
    if (amount <= LOW_BUDGET) return "low";
    return amount <= MEDIUM_BUDGET ? "medium" : "high";
  }
  switch (amount) {
    case "none":
    case "minimal":
      return "minimal";
    case "low":
      return "low";
    case "adaptive":
    case "medium":
      return "medium";
    default:
      return "high";
  }
}

/** Budgets for efforts, as Google's own OpenAI-compatible endpoint has them (https://ai.google.dev/gemini-api/docs/openai). */
const BUDGETS: Readonly<Record<string, number>> = {
  none: 0,
  adaptive: -1,
  minimal: 1_024,
  low: 1_024,
  medium: 8_192,
  high: 24_576,
};

function budgetFor(amount: Amount, model: string): number {
  const isPro = /-pro/.test(model);
  const wanted = typeof amount === "number" ? amount : (recordOf(BUDGETS)[amount] as number | undefined);
  const most = isPro ? 32_768 : 24_576;
  if (wanted === -1) return -1;
  // The Pro models of 2.5 cannot be told not to think; the Lite ones think with no less than this.
  const least = isPro ? 128 : wanted === 0 ? 0 : /-lite/.test(model) ? 512 : 1;
  return Math.max(least, Math.min(wanted ?? most, most));
}
