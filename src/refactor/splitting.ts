import type { TextChange } from "../text/changes.ts";
import type { Refusal } from "./plan.ts";
import type { Place } from "./refactoring.ts";

/** How a language declares several variables at once. */
export interface SplittingRules {
  /** The changes that make a statement for each of the variables that the one at the place declares. */
  readonly split: (place: Place) => readonly TextChange[] | Refusal;
  /** The changes that make one statement of those that are selected or, at a cursor, of its own and the next one. */
  readonly merge: (place: Place) => readonly TextChange[] | Refusal;
}
