import type { Plan, Refusal } from "./plan.ts";
import type { Place } from "./refactoring.ts";

/** Statements that load a module, and calls that do. */
export interface ModuleForms {
  readonly toImport: (place: Place) => Plan | Refusal;
  readonly toRequire: (place: Place) => Plan | Refusal;
}
