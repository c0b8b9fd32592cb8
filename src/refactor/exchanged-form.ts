import type { ModuleForms } from "./module-forms.ts";
import { type Plan, type Refusal, refused } from "./plan.ts";
import type { Place, Refactoring } from "./refactoring.ts";
import { sourceOf } from "./source.ts";

/** A refactoring that loads modules in another way. */
export function exchangedForm({
  id,
  title,
  form,
}: Pick<Refactoring, "id" | "title"> & { readonly form: keyof ModuleForms }): Refactoring {
  return { id, title, kind: "refactor.rewrite", offer, plan };

  function offer(place: Place): string | undefined {
    const near = plan(place);
    if ("code" in near && near.code === `${id}.place`) return undefined;
    // Who has `require`, and uses what is loaded, stands in other statements.
    return "code" in plan({ ...place, source: sourceOf(place.source) }) ? undefined : title;
  }

  function plan(place: Place): Plan | Refusal {
    return (
      place.source.rules.moduleForms?.[form](place) ??
      refused(`${id}.language`, "Modules are loaded in only one way in this language.")
    );
  }
}
