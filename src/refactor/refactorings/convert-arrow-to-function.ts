import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Makes a function of an arrow function: a declared one where a constant is that function. */
export const convertArrowToFunction: Refactoring = rewriting(
  { id: "convert-arrow-to-function", title: "Convert to function" },
  (place) =>
    place.source.rules.functionForms?.toFunction(place) ??
    refused("convert-arrow-to-function.language", "Functions have only one form in this language."),
);
