import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";

/** Makes an interface of a type literal, or of what a class shows. */
export const extractInterface: Refactoring = {
  id: "extract-interface",
  title: "Extract interface",
  kind: "refactor.extract",
  offer(place) {
    const { typing } = place.source.rules;
    return typing && !("code" in typing.extractInterface(place, {})) ? "Extract interface" : undefined;
  },
  plan: (place, options) =>
    place.source.rules.typing?.extractInterface(place, options) ??
    refused("extract-interface.language", "There are no interfaces in this language."),
};
