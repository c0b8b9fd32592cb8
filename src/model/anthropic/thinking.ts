import type { CatalogModel } from "../catalog.ts";
import type { Effort, JsonObject } from "../conversation.ts";
import { EFFORTS } from "../conversation.ts";
import type { MessagesRequest, WireBlock, WireMessage } from "../messages.ts";
import { countOf, recordOf, textOf } from "../record.ts";

/** How much a request may think, in the members that a Claude model takes. */
export interface Thinking {
  readonly thinking?: WireBlock;
  readonly effort?: Effort;
  readonly maxTokens: number;
}

/** Tokens of thinking for models that take a budget and no effort, and the effort for budgets up to it. */
const BUDGETS: Readonly<Record<Effort, number>> = {
  low: 4_096,
  medium: 16_384,
  high: 32_768,
  xhigh: 49_152,
  max: 63_000,
};

/** Room for words behind the thinking. */
const ROOM = 4_096;
/** The least budget that is taken (Messages API reference, "thinking"). */
const LEAST_BUDGET = 1_024;

/**
 * What a client asked of thinking, as `model` takes it
 * (https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking, …/extended-thinking).
 * `maxTokens` is raised where a budget would not fit into it.
 */
export function thinkingFor(request: MessagesRequest, model: CatalogModel, maxTokens: number): Thinking {
  const asked = request.thinking;
  const effort = effortAsked(request, asked);
  if (effort === "none" || asked?.type === "disabled") return { ...withoutThinking(model), maxTokens };
  const level = effort === undefined ? undefined : clamped(effort, model.info.efforts);
  if (model.adaptive) {
    const kind = asked?.type === "between_tools" || asked?.type === "adaptive" ? asked : ADAPTIVE;
    const thinks = asked !== undefined || effort !== undefined;
    return { ...(thinks && { thinking: kind }), ...(level && { effort: level }), maxTokens };
  }
  return withBudget(asked, effort, level, Math.min(model.info.maxOutput, MOST_OUTPUT), maxTokens);
}

const ADAPTIVE: WireBlock = { type: "adaptive", display: "summarized" };
const MOST_OUTPUT = 64_000;

function withBudget(
  asked: WireBlock | undefined,
  effort: Effort | undefined,
  level: Effort | undefined,
  most: number,
  maxTokens: number,
): Thinking {
  if (asked === undefined && effort === undefined) return { maxTokens };
  const wanted = countOf(asked?.budget_tokens) ?? BUDGETS[effort ?? "medium"];
  const budget = Math.max(LEAST_BUDGET, Math.min(wanted, most - ROOM));
  return {
    thinking: { type: "enabled", budget_tokens: budget },
    ...(level && { effort: level }),
    maxTokens: maxTokens > budget ? maxTokens : Math.min(most, budget + ROOM),
  };
}

/** Off where that can be, else as little as can be. */
function withoutThinking(model: CatalogModel): Omit<Thinking, "maxTokens"> {
  if (model.thinkingOff) return model.adaptive ? { thinking: { type: "disabled" } } : {};
  const effort = clamped("low", model.info.efforts);
  return effort === undefined ? {} : { effort };
}

/**
 * Whether the last answer has calls and does not begin with its thinking, which clients of other dialects drop: then a
 * budget is refused ("Expected `thinking` or `redacted_thinking`", extended thinking with tool use).
 */
export function hasCallUnthought(messages: readonly WireMessage[]): boolean {
  const content = messages.findLast((it) => it.role === "assistant")?.content ?? [];
  return (
    content.some((it) => it.type === "tool_use") && !/^(redacted_)?thinking$/.test(content[0]?.type ?? "")
  );
}

/** The effort asked for, by its name or by the size of a budget. */
function effortAsked(request: MessagesRequest, asked: WireBlock | undefined): Effort | "none" | undefined {
  const named = textOf(request.output_config?.["effort"]);
  if (named === "none") return named;
  // The vendor's own lowest level.
  if (named === "minimal") return "low";
  if (named !== undefined) return EFFORTS.find((it) => it === named);
  const budget = countOf(asked?.budget_tokens);
  return budget === undefined ? undefined : EFFORTS.find((it) => budget <= BUDGETS[it]);
}

/** The highest level the model takes that is not above the one asked for. */
function clamped(effort: Effort, taken: readonly Effort[]): Effort | undefined {
  return EFFORTS.slice(0, EFFORTS.indexOf(effort) + 1).findLast((it) => taken.includes(it));
}

/** The members of `output_config` beside the effort; a schema has no name here. */
export function formatOf(request: MessagesRequest): JsonObject {
  const { effort: _, format, ...others } = request.output_config ?? {};
  if (format === undefined) return others;
  const { name: __, ...own } = recordOf(format) as JsonObject;
  return { ...others, format: own };
}
