import type { SyntaxNode } from "../../../syntax/tree.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";

/** What is known while the objects of a class are followed. */
export interface Watch {
  readonly place: Place;
  readonly id: string;
  readonly body: SyntaxNode;
  /** Of the member that is to be an accessor. */
  readonly name: string;
  /** Whether it is to have no setter. */
  readonly isOnlyRead: boolean;
  /** Methods that give back such an object: those of objects, and those of the class. */
  readonly givingBack: { readonly own: Set<string>; readonly static: Set<string> };
  /** Nodes and bindings that have been followed. */
  readonly known: Set<unknown>;
}

/** The refusal: what is done there may tell which members the object has. */
export function seen(node: SyntaxNode, source: Source, { place, id }: Watch): Refusal {
  const isHere = source === place.source;
  const line = source.text.slice(0, node.from).split("\n").length;
  const where = isHere ? `in line ${line}` : `in line ${line} of "${source.path}"`;
  return refused(
    `${id}.seen`,
    `What is done with an object of the class ${where} may show whether the member is its own.`,
    isHere ? node : undefined,
  );
}
