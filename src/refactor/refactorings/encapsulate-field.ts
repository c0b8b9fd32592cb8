import { refused } from "../plan.ts";
import type { Place, Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

const ID = "encapsulate-field";

/** Makes a field private, with a getter and a setter by its name. */
export const encapsulateField: Refactoring = {
  ...rewriting({ id: ID, title: "Encapsulate field" }, changesAt),
  offer(place) {
    const made = changesAt(place);
    // What types tell is asked when it is planned.
    return "code" in made && made.lacks === undefined ? undefined : "Encapsulate field";
  },
};

function changesAt(place: Place) {
  return (
    place.source.rules.generating?.encapsulated?.(place) ??
    refused(`${ID}.language`, "Fields of this language are left as they are.")
  );
}
