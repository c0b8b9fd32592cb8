import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Makes one statement of declarations that follow each other. */
export const mergeDeclarations: Refactoring = rewriting(
  { id: "merge-declarations", title: "Merge declarations" },
  (place) =>
    place.source.rules.splitting?.merge(place) ??
    refused("merge-declarations.language", "Each variable has a statement of its own in this language."),
);
