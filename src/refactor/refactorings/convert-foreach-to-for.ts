import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Makes a loop of a call of `forEach` on an array. */
export const convertForeachToFor: Refactoring = rewriting(
  { id: "convert-foreach-to-for", title: "Convert to for loop" },
  (place) =>
    place.source.rules.looping?.toFor(place) ??
    refused("convert-foreach-to-for.language", "Loops over arrays have only one form in this language."),
);
