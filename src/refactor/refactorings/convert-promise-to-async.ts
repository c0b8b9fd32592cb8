import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Makes an async function of one that gives back a chain of promises. */
export const convertPromiseToAsync: Refactoring = rewriting(
  { id: "convert-promise-to-async", title: "Convert to async function" },
  (place) =>
    place.source.rules.waiting?.toAsync(place) ??
    refused("convert-promise-to-async.language", "Functions that wait have only one form in this language."),
);
