import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Makes an arrow function of a function that has no use for a `this` of its own. */
export const convertFunctionToArrow: Refactoring = rewriting(
  { id: "convert-function-to-arrow", title: "Convert to arrow function" },
  (place) =>
    place.source.rules.functionForms?.toArrow(place) ??
    refused("convert-function-to-arrow.language", "Functions have only one form in this language."),
);
