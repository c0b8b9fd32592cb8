import type { JsonObject } from "../conversation.ts";
import { EFFORTS } from "../conversation.ts";
import type { MessagesRequest } from "../messages.ts";
import { isOpenaiReasoning, openaiModel } from "../openai-models.ts";
import { countOf, textOf } from "../record.ts";
import type { WireTarget } from "../wire.ts";

/** How a request is to be thought about. */
export interface Reasoning {
  /** Whether the model reasons at all; then it takes no sampling while it does. */
  readonly reasons: boolean;
  readonly effort?: string;
  readonly summary?: string;
}

/** Efforts from least to most; "none" is off. */
const LEVELS = ["none", "minimal", ...EFFORTS];

/** Effort and summary for a model (OpenAI API reference, Responses, "reasoning"); nothing where the client said nothing. */
export function reasoningFor(request: MessagesRequest, target: WireTarget): Reasoning {
  const reasons = isReasoning(target);
  if (!reasons) return { reasons };
  const asked = askedEffort(request);
  const effort = asked === undefined ? undefined : taken(asked, target);
  const thinks = request.thinking !== undefined && request.thinking.type !== "disabled";
  const chosen = textOf(target.options["reasoningSummary"]);
  const isShown = thinks && request.thinking?.display !== "omitted" && effort !== "none";
  const summary = chosen ?? (isShown ? "auto" : "none");
  return { reasons, ...(effort !== undefined && { effort }), ...(summary !== "none" && { summary }) };
}

/** The member of the body; `undefined`: the model's own defaults. */
export function reasoningMember({ effort, summary }: Reasoning): JsonObject | undefined {
  if (effort === undefined && summary === undefined) return undefined;
  return { ...(effort !== undefined && { effort }), ...(summary !== undefined && { summary }) };
}

/** Models that reason, by what is known of them, else by their name. */
function isReasoning({ model, info }: WireTarget): boolean {
  const efforts = info?.efforts ?? openaiModel(model)?.info.efforts ?? [];
  return efforts.length > 0 || isOpenaiReasoning(model) || /^codex/.test(model);
}

/** Budgets of thinking up to which an effort stands. */
const LOW_BUDGET = 4_096;
const MEDIUM_BUDGET = 16_384;

function askedEffort({ thinking, output_config }: MessagesRequest): string | undefined {
  const named = textOf(output_config?.effort);
  if (thinking?.type === "disabled") return "none";
  if (named !== undefined && LEVELS.includes(named)) return named;
  if (thinking === undefined) return undefined;
  const budget = countOf(thinking.budget_tokens);
  if (budget === undefined) return "medium";
  return budget <= LOW_BUDGET ? "low" : budget <= MEDIUM_BUDGET ? "medium" : "high";
}

/** The nearest that the model takes, not above what was asked where that can be. */
function taken(effort: string, { model, info }: WireTarget): string | undefined {
  const table = openaiModel(model);
  const efforts: readonly string[] = info?.efforts ?? table?.info.efforts ?? [];
  const known = [...(table?.lowest ?? lowestOf(model)), ...efforts];
  if (efforts.length === 0 && effort !== "none" && effort !== "minimal") return effort;
  const below = LEVELS.slice(0, LEVELS.indexOf(effort) + 1).findLast((it) => known.includes(it));
  return below ?? known[0] ?? "low";
}

/** GPT from 5.1 on can do without reasoning, but for some variants (OpenAI's model pages, "reasoning.effort"). */
function lowestOf(model: string): readonly string[] {
  const name = model.slice(model.lastIndexOf("/") + 1);
  return /^gpt-(5\.\d|[6-9]|\d\d)/.test(name) && !/-pro|codex/.test(name) ? ["none"] : [];
}
