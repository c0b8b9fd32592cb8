import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Writes the members that a class has to have and has not; they fail until a person has written them. */
export const generateImplementation: Refactoring = rewriting(
  { id: "generate-implementation", title: "Generate missing members" },
  (place) =>
    place.source.rules.generating?.implementation?.(place) ??
    refused("generate-implementation.language", "No class of this language has to have members."),
);
