import type { TextChange } from "../text/changes.ts";
import type { Refusal } from "./plan.ts";
import type { Place } from "./refactoring.ts";

/** The forms that functions have in a language beside each other. */
export interface FunctionForms {
  /** The changes that make an arrow function of the function in whose head the place lies. */
  readonly toArrow: (place: Place) => readonly TextChange[] | Refusal;
  /** The changes that make a function of its own `this` of an arrow function. */
  readonly toFunction: (place: Place) => readonly TextChange[] | Refusal;
}
