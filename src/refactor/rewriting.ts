import type { TextChange } from "../text/changes.ts";
import { type Refusal, refused } from "./plan.ts";
import type { Options, Place, Refactoring } from "./refactoring.ts";

/** A refactoring that changes one file, offered where its changes can be made. */
export function rewriting(
  {
    id,
    title,
    kind = "refactor.rewrite",
  }: { readonly id: string; readonly title: string; readonly kind?: string },
  changesAt: (place: Place, options: Options) => readonly TextChange[] | Refusal,
): Refactoring {
  return {
    id,
    title,
    kind,
    offer: (place) => ("code" in changesAt(place, {}) ? undefined : title),
    plan(place, options) {
      const { path, text } = place.source;
      const changes = changesAt(place, options);
      if ("code" in changes) return changes;
      if (changes.length === 0) return refused(`${id}.nothing`, "There is nothing to change.");
      return { kind: "plan", title, files: [{ path, before: text, changes }], warnings: [] };
    },
  };
}
