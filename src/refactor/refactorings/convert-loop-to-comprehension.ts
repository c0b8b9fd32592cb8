import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Makes a comprehension of a loop that fills an empty collection. */
export const convertLoopToComprehension: Refactoring = rewriting(
  { id: "convert-loop-to-comprehension", title: "Convert to comprehension" },
  (place) =>
    place.source.rules.collecting?.toComprehension(place) ??
    refused("convert-loop-to-comprehension.language", "The language has no comprehensions."),
);
