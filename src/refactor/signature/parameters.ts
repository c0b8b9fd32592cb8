import type { Refusal } from "../plan.ts";
import type { Place } from "../refactoring.ts";
import type { Change } from "./arguments.ts";
import type { Entry } from "./list-text.ts";
import type { SignatureRules } from "./rules.ts";

/** The new list of parameters, with the signs that stand among them. */
export function parametersAfter(
  { order, signature }: Change,
  rules: SignatureRules,
  place: Place,
): readonly Entry[] | Refusal {
  const { behindPlaced, beforeNamed } = signature.signs ?? {};
  const entries: Entry[] = [];
  for (const [at, slot] of order.entries()) {
    const isFirstNamed = slot.kind === "named" && order[at - 1]?.kind !== "named";
    if (isFirstNamed && beforeNamed) entries.push({ node: beforeNamed });
    if ("parameter" in slot) entries.push({ node: slot.parameter.node });
    else {
      const text = rules.written(slot.added, order, signature, place);
      if (typeof text !== "string") return text;
      entries.push({ text });
    }
    if (slot.kind === "placed" && order[at + 1]?.kind !== "placed" && behindPlaced)
      entries.push({ node: behindPlaced });
  }
  return entries;
}
