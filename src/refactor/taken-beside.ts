import { textOf } from "./names.ts";
import { type Refusal, refused } from "./plan.ts";
import type { Place } from "./refactoring.ts";

/**
 * What is in the way of a new name at the top of a file that shares its names with others: one of these declares it or
 * uses it for something else; `undefined`: nothing. `words`: what those that are looked at have to have been looked for by.
 */
export function takenBeside(
  name: string,
  { source, others, sought }: Pick<Place, "source" | "others" | "sought">,
  words: readonly string[] = [name],
): Refusal | undefined {
  const shares = source.rules.sharesNames;
  if (!shares) return undefined;
  if (!others || (sought && !words.every((it) => sought.words.includes(it))))
    return {
      ...refused("name.unseen", "Its name is seen in other files, and those were not looked at."),
      lacks: "others",
      sought: { words, modules: [source.path] },
    };
  for (const other of others.filter((it) => shares(it, source))) {
    const bindings = other.bindings();
    const isUsed = bindings.references.some((it) => !it.binding && textOf(it.node, other) === name);
    if (isUsed || bindings.root.bindings.has(`value ${name}`))
      return refused("name.taken", `In "${other.path}" the name "${name}" stands for something else.`);
  }
  return undefined;
}
