import { refused } from "../plan.ts";
import type { Place, Refactoring } from "../refactoring.ts";

const ID = "convert-import-to-require";

/** Loads what is imported by a call of `require`. */
export const convertImportToRequire: Refactoring = {
  id: ID,
  title: "Convert import to require",
  kind: "refactor.rewrite",
  offer: (place) => ("code" in planned(place) ? undefined : "Convert import to require"),
  plan: planned,
};

function planned(place: Place) {
  return (
    place.source.rules.moduleForms?.toRequire(place) ??
    refused(`${ID}.language`, "Modules are loaded in only one way in this language.")
  );
}
