import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";

/** Gives a type that is written somewhere a name for the whole file. */
export const extractType: Refactoring = {
  id: "extract-type",
  title: "Extract type",
  kind: "refactor.extract",
  offer(place) {
    const { typing } = place.source.rules;
    return typing && !("code" in typing.extractType(place, {})) ? "Extract type" : undefined;
  },
  plan: (place, options) =>
    place.source.rules.typing?.extractType(place, options) ??
    refused("extract-type.language", "Types are not given names of their own in this language."),
};
