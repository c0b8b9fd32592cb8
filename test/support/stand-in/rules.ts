import type { StandInModel } from "./models.ts";
import type { Refusal } from "./refusal.ts";
import type { Rule } from "./rule.ts";
import { cacheRules } from "./rules-cache.ts";
import { imageRules } from "./rules-images.ts";
import { messageRules } from "./rules-messages.ts";
import { requestRules } from "./rules-request.ts";
import { thinkingRules } from "./rules-thinking.ts";
import { toolRules } from "./rules-tools.ts";
import type { Asked } from "./wire.ts";

/** Every rule, in the order in which they are asked. */
export const RULES: readonly Rule[] = [
  ...requestRules,
  ...cacheRules,
  ...thinkingRules,
  ...toolRules,
  ...messageRules,
  ...imageRules,
];

/** What the first broken rule answers; `undefined`: none is broken. */
export function refusalOf(asked: Asked, model: StandInModel): Refusal | undefined {
  for (const rule of RULES) {
    const refusal = rule.check(asked, model);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
