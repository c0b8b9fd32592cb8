import type { TextChange } from "../../text/changes.ts";
import type { Refusal } from "../plan.ts";
import type { Place } from "../refactoring.ts";

/** How a language makes texts of values, with signs between them or within one text. */
export interface TextForms {
  /** "template string". */
  readonly name: string;
  /** The changes that make one text of what is added together. */
  readonly toTemplate: (place: Place) => readonly TextChange[] | Refusal;
  /** The changes that add the parts of a text together. */
  readonly toConcatenation: (place: Place) => readonly TextChange[] | Refusal;
}
