import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";
import { nearSource } from "../source.ts";

const written: Refactoring = rewriting(
  { id: "generate-implementation", title: "Generate missing members" },
  (place) =>
    place.source.rules.generating?.implementation?.(place) ??
    refused("generate-implementation.language", "No class of this language has to have members."),
);

/** Writes the members that a class has to have and has not; they fail until a person has written them. */
export const generateImplementation: Refactoring = {
  ...written,
  // What a class has to have stands anywhere in the file; it is asked for only at a class that has something above it.
  offer: (place) => written.offer({ ...place, source: nearSource(place.source, () => true) }),
};
