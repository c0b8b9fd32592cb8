import type { SyntaxNode } from "../syntax/tree.ts";
import type { TextChange } from "../text/changes.ts";
import { isClear } from "./names.ts";
import { type Refusal, refused } from "./plan.ts";
import type { Options, Place, Source } from "./refactoring.ts";
import { usedElsewhere } from "./used-elsewhere.ts";

/** What can be written for a class from what it says already. */
export interface GeneratingRules {
  /** A constructor that is given the values of the fields that have none; `undefined`: none is written. */
  readonly constructorFor?: (place: Place) => readonly TextChange[] | Refusal;
  /** What reads and writes the private field at the place, by another name; `undefined`: no field is private. */
  readonly accessors?: (place: Place, options: Options) => readonly TextChange[] | Refusal;
  /** A private field in the place of the one at the place, and accessors by its name; `undefined`: fields are left. */
  readonly encapsulated?: (place: Place) => readonly TextChange[] | Refusal;
  /** By what objects of the class at the place are equal: the values of their fields; `undefined`: it is not written. */
  readonly equality?: (place: Place) => Equality | Refusal;
  /** Members that fail, for what the class at the place has to have and has not; `undefined`: no class has to. */
  readonly implementation?: (place: Place) => readonly TextChange[] | Refusal;
}

/** What is written for equality, and what there is to know of it. */
export interface Equality {
  readonly changes: readonly TextChange[];
  readonly warnings: readonly string[];
}

/** Why a class, by its name, may be made objects of, or extended, somewhere; `undefined`: nobody does. `isType`: whether a use is one in a type. */
export function madeOrExtended(
  name: SyntaxNode,
  place: Place,
  isType: (node: SyntaxNode) => boolean,
  id: string,
): Refusal | undefined {
  const { source } = place;
  const binding = source.bindings().at(name);
  if (!binding) return refused(`${id}.place`, "Whose class that is is not certain.", name);
  const use = binding.references.find(
    ({ node, space, shape }) => space !== "type" && /^(plain|shorthand)/.test(shape) && !isType(node),
  );
  const isTwice = binding.declarations.length > 1;
  if (use || isTwice)
    return refused(
      `${id}.used`,
      `"${binding.name}" is used already, and what it is made with would change.`,
      use?.node ?? name,
    );
  return isClear(binding, source) ?? usedElsewhere(binding, place, id);
}

/** A name for the parameter that a field is given by: without the signs before it that say for whom the field is. */
export function parameterFor(field: string, source: Source): string {
  const plain = field.replace(/^[#_]+/, "");
  return source.rules.isName(plain) ? plain : field.replace(/^#/, "");
}
