import { sortedAt } from "../importing/sorted.ts";
import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";

/** Puts what is imported in order; whole imports, which are evaluated in theirs, only where that is asked for. */
export const sortImports: Refactoring = {
  id: "sort-imports",
  title: "Sort imports",
  kind: "refactor.rewrite",
  needs: "importing",
  offer(place) {
    const made = sortedAt(place, {});
    return "code" in made || made.changes.length === 0 ? undefined : "Sort imported names";
  },
  plan(place, options) {
    const { path, text } = place.source;
    const made = sortedAt(place, options);
    if ("code" in made) return made;
    const { isReordered } = made;
    const changes = made.changes.toSorted((a, b) => a.from - b.from);
    if (changes.length === 0)
      return refused("sort-imports.sorted", "What can be put in order for certain is in order.");
    const warnings = isReordered
      ? ["Modules are evaluated in another order: whether one needs another's effect was not looked at."]
      : [];
    return { kind: "plan", title: "Sort imports", files: [{ path, before: text, changes }], warnings };
  },
};
