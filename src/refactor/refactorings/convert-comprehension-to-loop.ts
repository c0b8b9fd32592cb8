import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Makes a loop of a comprehension that a name is given. */
export const convertComprehensionToLoop: Refactoring = rewriting(
  { id: "convert-comprehension-to-loop", title: "Convert to loop" },
  (place) =>
    place.source.rules.collecting?.toLoop(place) ??
    refused("convert-comprehension-to-loop.language", "The language has no comprehensions."),
);
