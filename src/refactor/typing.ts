import type { Plan, Refusal } from "./plan.ts";
import type { Options, Place } from "./refactoring.ts";

/** How types that are written get names of their own, and lose them. */
export interface TypingRules {
  /** Gives the type that is selected, or the type literal at the cursor, a name. */
  readonly extractType: (place: Place, options: Options) => Plan | Refusal;
  /** Makes an interface of such a literal or, at the name of a class, of what that class shows. */
  readonly extractInterface: (place: Place, options: Options) => Plan | Refusal;
  /** Writes the type that a name at the place stands for wherever the name stands, and removes it; `undefined`: no such name is there. */
  readonly withoutAlias: (place: Place) => Plan | Refusal | undefined;
}
