import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Writes the constructor that gives fields without a value theirs. */
export const generateConstructor: Refactoring = rewriting(
  { id: "generate-constructor", title: "Generate constructor" },
  (place) =>
    place.source.rules.generating?.constructorFor?.(place) ??
    refused("generate-constructor.language", "Nothing is written for classes of this language."),
);
