import type { TextChange } from "../text/changes.ts";
import type { Refusal } from "./plan.ts";
import type { Place } from "./refactoring.ts";

/** Functions that say what happens later by handing functions on, and those that wait. */
export interface WaitingForms {
  /** The changes that make the function at the place wait for what it hands functions to. */
  readonly toAsync: (place: Place) => readonly TextChange[] | Refusal;
  /** The changes that have a function that waits hand on functions. */
  readonly toPromise: (place: Place) => readonly TextChange[] | Refusal;
}
