import { refused } from "../plan.ts";
import type { Place, Refactoring } from "../refactoring.ts";

const ID = "convert-require-to-import";

/** Imports what a call of `require` loads. */
export const convertRequireToImport: Refactoring = {
  id: ID,
  title: "Convert require to import",
  kind: "refactor.rewrite",
  offer: (place) => ("code" in planned(place) ? undefined : "Convert require to import"),
  plan: planned,
};

function planned(place: Place) {
  return (
    place.source.rules.moduleForms?.toImport(place) ??
    refused(`${ID}.language`, "Modules are loaded in only one way in this language.")
  );
}
