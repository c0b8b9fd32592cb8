import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Adds the parts of a text together. */
export const convertTemplateToConcatenation: Refactoring = rewriting(
  { id: "convert-template-to-concatenation", title: "Convert to concatenation" },
  (place) =>
    place.source.rules.textForms?.toConcatenation(place) ??
    refused("convert-template-to-concatenation.language", "Texts have only one form in this language."),
);
