import type { TextChange } from "../text/changes.ts";
import type { Refusal } from "./plan.ts";
import type { Place } from "./refactoring.ts";

/** Collections that a loop fills, and expressions that do the same. */
export interface CollectingForms {
  /** The changes that make an expression of the loop at the place, and of the empty collection before it. */
  readonly toComprehension: (place: Place) => readonly TextChange[] | Refusal;
  /** The changes that make a loop of the statement at the place, which gives such an expression to a name. */
  readonly toLoop: (place: Place) => readonly TextChange[] | Refusal;
}
