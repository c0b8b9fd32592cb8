import type { Binding } from "../syntax/bindings.ts";
import { type Refusal, refused } from "./plan.ts";
import type { Place } from "./refactoring.ts";

/** Why a name cannot go: other files use it, or may; `undefined`: it can. `id`: of the refactoring that removes it. */
export function usedElsewhere(binding: Binding, { source, others }: Place, id: string): Refusal | undefined {
  const { name, isExported, declarations } = binding;
  if (!source.rules.isSeenByItsName(binding))
    return isExported ? refused(`${id}.exported`, `"${name}" is exported.`, declarations[0]) : undefined;
  if (!others)
    return {
      ...refused(`${id}.unseen`, `"${name}" can be used in other files, and those were not looked at.`),
      lacks: "others",
      sought: { words: [name], modules: [source.path] },
    };
  for (const other of others) {
    const found = source.rules.importedBy(other, source, name, others);
    if ("code" in found) return found;
    if (found.bindings.length + found.names.length + found.handedOn.length > 0)
      return refused(`${id}.imported`, `"${other.path}" uses "${name}", too.`);
  }
  return undefined;
}
