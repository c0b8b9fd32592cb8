import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Makes a field private, with a getter and a setter by its name. */
export const encapsulateField: Refactoring = rewriting(
  { id: "encapsulate-field", title: "Encapsulate field" },
  (place) =>
    place.source.rules.generating?.encapsulated?.(place) ??
    refused("encapsulate-field.language", "Fields of this language are left as they are."),
);
