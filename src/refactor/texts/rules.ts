import type { SyntaxNode } from "../../syntax/tree.ts";
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
  /** The signs of a text that are selected, without the rest of it; `undefined`: none are, or it cannot be made of parts. */
  readonly partAt?: (place: Place) => TextPart | undefined;
}

/** A part of a text that may have a name. */
export interface TextPart {
  /** A text at its place, for what is asked of places. */
  readonly node: SyntaxNode;
  readonly whole: SyntaxNode;
  readonly declaration: (name: string) => string;
  /** The whole text with the name in the place of the part. */
  readonly inPlace: (name: string) => TextChange;
}
