import { EFFORTS } from "../conversation.ts";
import type { MessagesRequest } from "../messages.ts";
import { isOpenaiPlain, openaiModel } from "../openai-models.ts";
import { countOf, textOf } from "../record.ts";
import type { WireTarget } from "../wire.ts";
import type { ChatOptions } from "./options.ts";

/** Thinking budgets up to which an effort stands for them; above the last it is "high". */
const BUDGETS = [
  { tokens: 4096, effort: "low" },
  { tokens: 16_384, effort: "medium" },
] as const;

/** The `reasoning_effort` of a request that its model takes; `undefined`: none is sent. */
export function effortOf(
  request: MessagesRequest,
  target: WireTarget,
  options: ChatOptions,
): string | undefined {
  const given = textOf(request.output_config?.["effort"]);
  const asked = given ?? thoughtOf(request);
  if (asked === undefined || options.reasoningEffort === false) return undefined;
  const known = openaiModel(target.model);
  const efforts: readonly string[] | undefined = target.info?.efforts ?? known?.info.efforts;
  if (efforts?.length === 0 || (efforts === undefined && mayRefuse(target, options))) {
    return options.reasoningEffort === true ? asked : undefined;
  }
  if (asked === "none" || asked === "minimal") {
    if (efforts === undefined) return given;
    if (known?.lowest.includes(asked)) return asked;
    // Turning thinking off is only said where it can be; an explicit effort becomes the least there is.
    return given === undefined ? undefined : (known?.lowest[0] ?? efforts[0]);
  }
  return efforts === undefined ? asked : clamped(asked, efforts);
}

/** Models of before reasoning, and hosts that answer an error when a model cannot think. */
function mayRefuse({ model }: WireTarget, options: ChatOptions): boolean {
  return isOpenaiPlain(model) || options.ollama;
}

function thoughtOf({ thinking }: MessagesRequest): string | undefined {
  switch (thinking?.type) {
    case "adaptive":
      return "medium";
    case "disabled":
      return "none";
    case "enabled": {
      const budget = countOf(thinking["budget_tokens"]);
      if (budget === undefined) return "medium";
      return BUDGETS.find((it) => budget <= it.tokens)?.effort ?? "high";
    }
    default:
      return undefined;
  }
}

/** The highest effort of the model that is not above the one asked; its least when all are. */
function clamped(asked: string, efforts: readonly string[]): string {
  const order: readonly string[] = EFFORTS;
  const place = (it: string) => order.indexOf(it);
  if (efforts.includes(asked) || place(asked) === -1) return asked;
  return efforts.findLast((it) => place(it) <= place(asked)) ?? efforts[0] ?? asked;
}
