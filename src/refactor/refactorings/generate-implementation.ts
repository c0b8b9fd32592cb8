import type { SyntaxNode } from "../../syntax/tree.ts";
import { refused } from "../plan.ts";
import type { Refactoring } from "../refactoring.ts";
import { rewriting } from "../rewriting.ts";
import { nearSource } from "../source.ts";

const written: Refactoring = rewriting(
  { id: "generate-implementation", title: "Generate missing members" },
  (place) =>
    place.source.rules.generating?.implementation?.(place) ??
    refused("generate-implementation.language", "No class of this language has to have members."),
);

/** Writes the members that a class has to have and has not; they fail until a person has written them. */
export const generateImplementation: Refactoring = {
  ...written,
  // What a class has to have stands in other classes and interfaces, anywhere in the file.
  offer: (place) =>
    written.offer({
      ...place,
      source: nearSource(place.source, (it) => isAbove(it) || (it.from <= place.from && place.to <= it.to)),
    }),
};

function isAbove(statement: SyntaxNode): boolean {
  return [statement, ...statement.children].some((it) =>
    /^((abstract_)?class|interface)_declaration$/.test(it.type),
  );
}
