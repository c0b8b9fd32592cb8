import type { TextChange } from "../text/changes.ts";
import type { Refusal } from "./plan.ts";
import type { Place } from "./refactoring.ts";

/** Loops over arrays, and calls that do the same with a function. */
export interface LoopForms {
  /** The changes that make a call with a function of the loop in whose head the place lies. */
  readonly toForEach: (place: Place) => readonly TextChange[] | Refusal;
  /** The changes that make a loop of such a call. */
  readonly toFor: (place: Place) => readonly TextChange[] | Refusal;
}
