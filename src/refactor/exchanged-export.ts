import { type Plan, type Refusal, refused } from "./plan.ts";
import type { Options, Place, Refactoring } from "./refactoring.ts";

/** How it is called, and which kind of export it is for. */
interface Named {
  readonly id: string;
  readonly title: string;
  /** Whether it is for exports without a name. */
  readonly isDefault: boolean;
}

/** A refactoring that gives an export the other form, in all files that import it. */
export function exchangedExport({ id, title, isDefault }: Named): Refactoring {
  return { id, title, kind: "refactor.rewrite", offer, plan };

  function exportedAt(place: Place) {
    const found = place.source.rules.exporting?.exportedAt(place);
    return found?.isDefault === isDefault ? found : undefined;
  }

  function offer(place: Place): string | undefined {
    return exportedAt(place) && title;
  }

  function plan(place: Place, _: Options): Plan | Refusal {
    const { source, others } = place;
    const { exporting } = source.rules;
    if (!exporting) return refused(`${id}.language`, "Exports have only one form in this language.");
    const found = exportedAt(place);
    if (!found) return refused(`${id}.place`, "There is no export of this kind here that has a name.");
    if (!others)
      return {
        ...refused(
          `${id}.unseen`,
          `"${found.name}" can be used in other files, and those were not looked at.`,
          found,
        ),
        lacks: "others",
        sought: { words: [], modules: [source.path] },
      };
    const made = exporting.exchanged(found, source, others, id);
    return "code" in made ? made : { kind: "plan", title, ...made };
  }
}
