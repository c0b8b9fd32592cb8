import type { TextChange } from "../text/changes.ts";
import type { CodeRules } from "./code-rules.ts";
import { type Refusal, refused } from "./plan.ts";
import type { Options, Place, Refactoring } from "./refactoring.ts";

/** How it is called; `titleIn`: where that depends on the language. */
interface Named {
  readonly id: string;
  readonly title: string;
  readonly kind?: string;
  /** See `Refactoring.needs`. */
  readonly needs?: keyof CodeRules;
  readonly titleIn?: (rules: CodeRules) => string;
}

/** A refactoring that changes one file, offered where its changes can be made. */
export function rewriting(
  { id, title, kind = "refactor.rewrite", needs, titleIn = () => title }: Named,
  changesAt: (place: Place, options: Options) => readonly TextChange[] | Refusal,
): Refactoring {
  return {
    id,
    title,
    kind,
    ...(needs && { needs }),
    offer: (place) => ("code" in changesAt(place, {}) ? undefined : titleIn(place.source.rules)),
    plan(place, options) {
      const { path, text, rules } = place.source;
      const changes = changesAt(place, options);
      if ("code" in changes) return changes;
      if (changes.length === 0) return refused(`${id}.nothing`, "There is nothing to change.");
      return { kind: "plan", title: titleIn(rules), files: [{ path, before: text, changes }], warnings: [] };
    },
  };
}
