import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Makes a statement for each variable that one statement declares. */
export const splitDeclaration: Refactoring = rewriting(
  { id: "split-declaration", title: "Split declaration" },
  (place) =>
    place.source.rules.splitting?.split(place) ??
    refused("split-declaration.language", "Each variable has a statement of its own in this language."),
);
