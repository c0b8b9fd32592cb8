import { refused } from "../plan.ts";
import type { Options, Place, Refactoring } from "../refactoring.ts";

/** Makes a component of elements, and uses it there. */
export const extractComponent: Refactoring = {
  id: "extract-component",
  title: "Extract component",
  kind: "refactor.extract",
  offer: (place) => ("code" in planned(place, {}) ? undefined : "Extract component"),
  plan: planned,
};

function planned(place: Place, options: Options) {
  return (
    place.source.rules.extraction?.component?.(place, options) ??
    refused("extract-component.language", "There are no components in this language.")
  );
}
