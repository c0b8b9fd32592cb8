import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Writes a getter and a setter for a private field. */
export const generateAccessors: Refactoring = rewriting(
  { id: "generate-accessors", title: "Generate accessors" },
  (place, options) =>
    place.source.rules.generating?.accessors?.(place, options) ??
    refused("generate-accessors.language", "Nothing is written for fields of this language."),
);
