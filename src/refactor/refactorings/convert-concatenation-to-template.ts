import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Makes one text, with values in it, of what is added together. */
export const convertConcatenationToTemplate: Refactoring = rewriting(
  {
    id: "convert-concatenation-to-template",
    title: "Convert to template string",
    titleIn: ({ textForms }) => `Convert to ${textForms?.name}`,
  },
  (place) =>
    place.source.rules.textForms?.toTemplate(place) ??
    refused("convert-concatenation-to-template.language", "Texts have only one form in this language."),
);
