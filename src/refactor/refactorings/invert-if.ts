import { inverted } from "../branching/inverted.ts";
import { branchingAt } from "../branching/place.ts";
import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { trimmed } from "../selection.ts";

/** Has an `if` ask the opposite, with what it does the other way round. */
export const invertIf: Refactoring = {
  id: "invert-if",
  title: "Invert if",
  kind: "refactor.rewrite",
  offer(place) {
    const found = branchingAt(place);
    const rules = place.source.rules.branching;
    const made = found && rules && inverted(found, rules, place.source);
    return made && !("code" in made) ? "Invert if" : undefined;
  },
  plan(place) {
    const { source } = place;
    const found = branchingAt(place);
    const rules = source.rules.branching;
    if (!found || !rules) return refused("invert-if.place", "There is no if here.", trimmed(place));
    const changes = inverted(found, rules, source);
    if ("code" in changes) return changes;
    const files = [{ path: source.path, before: source.text, changes }];
    return { kind: "plan", title: "Invert if", files, warnings: [] };
  },
};
