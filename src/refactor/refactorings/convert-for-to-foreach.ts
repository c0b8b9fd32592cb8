import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Makes a call of `forEach` of a loop over an array. */
export const convertForToForeach: Refactoring = rewriting(
  { id: "convert-for-to-foreach", title: "Convert to forEach" },
  (place) =>
    place.source.rules.looping?.toForEach(place) ??
    refused("convert-for-to-foreach.language", "Loops over arrays have only one form in this language."),
);
