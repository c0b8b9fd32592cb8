import { type Plan, type Refusal, refused } from "../plan.ts";
import type { Place, Refactoring } from "../refactoring.ts";

const ID = "generate-equality";

/** Writes by what objects of a class are equal: the values of their fields. */
export const generateEquality: Refactoring = {
  id: ID,
  title: "Generate equality",
  kind: "refactor.rewrite",
  // Whether others make objects of it is told when it is planned.
  offer: (place) => ("code" in planned(place) ? undefined : "Generate equality"),
  plan: planned,
};

function planned(place: Place): Plan | Refusal {
  const { path, text, rules } = place.source;
  const made =
    rules.generating?.equality?.(place) ??
    refused(`${ID}.language`, "What makes objects equal is not written in this language.");
  if ("code" in made) return made;
  const { changes, warnings } = made;
  return { kind: "plan", title: "Generate equality", files: [{ path, before: text, changes }], warnings };
}
