import type { Refactoring } from "../refactoring.ts";
import { selectedName, trimmed } from "../selection.ts";
import { unusedAt, withoutUnused } from "../unused/removed.ts";

/** Removes an import, a variable or a parameter that nothing uses. */
export const removeUnused: Refactoring = {
  id: "remove-unused",
  title: "Remove unused",
  kind: "refactor.rewrite",
  needs: "unused",
  offer(place) {
    const found = unusedAt(place);
    const { from, to } = trimmed(place);
    // What is offered knows all uses of a name at a cursor, and of names within functions, only.
    if (!found || found === "import" || !selectedName(place) || (from !== to && !found.scope.parent))
      return undefined;
    return `Remove unused '${found.name}'`;
  },
  plan: withoutUnused,
};
