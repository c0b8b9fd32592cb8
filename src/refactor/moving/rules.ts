import type { SyntaxNode } from "../../syntax/tree.ts";
import type { Plan, Refusal } from "../plan.ts";
import type { Place, Refactoring } from "../refactoring.ts";

/** Declarations at the top of a file that are to go to another one. */
export interface Movable {
  /** Statements of the file that follow each other. */
  readonly statements: readonly SyntaxNode[];
  /** What they declare, in order. */
  readonly names: readonly string[];
  /** Absolute path of the file that is made for them when none is named. */
  readonly path: string;
}

/** What has to be known of a language to move declarations to another file. */
export interface MovingRules {
  /** What would be moved from a place, told quickly; or why nothing can be. */
  readonly movable: (place: Place) => Movable | Refusal;
  /** The changes to all files; `to` is absolute, a file among the others or a new one. */
  readonly moved: (
    movable: Movable,
    to: string,
    place: Place & Required<Pick<Place, "others">>,
  ) => Plan | Refusal;
  /** Whether programs made of these files do the same before and after; the file that was asked about is the first. */
  readonly check: NonNullable<Refactoring["check"]>;
}
