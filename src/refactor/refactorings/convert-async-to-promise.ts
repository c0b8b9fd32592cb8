import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";

/** Makes a chain of promises of what an async function waits for. */
export const convertAsyncToPromise: Refactoring = rewriting(
  { id: "convert-async-to-promise", title: "Convert to promises" },
  (place) =>
    place.source.rules.waiting?.toPromise(place) ??
    refused("convert-async-to-promise.language", "Functions that wait have only one form in this language."),
);
