import type { FileText, Offered, RefactorRequest } from "./engine.ts";
import type { NamePlace } from "./name-places.ts";
import type { Plan, Refusal } from "./plan.ts";
import type { Options } from "./refactoring.ts";

/** What the worker is asked: what can be done at a place or, with `plan`, the changes of one refactoring there. */
export interface RefactorMessage {
  readonly id: number;
  readonly refactor: RefactorRequest;
  readonly plan?: { readonly refactoring: string; readonly options: Options };
  /** Time for parsing one text. */
  readonly limitMs: number;
}

/** What the worker is asked: where a name stands in a file. */
export interface PlacesMessage {
  readonly id: number;
  readonly places: FileText;
  readonly name: string;
  /** Time for parsing the text. */
  readonly limitMs: number;
}

/** The places of a name, in their order. */
export interface Places {
  readonly kind: "places";
  readonly places: readonly NamePlace[];
}

/** What it answers; `broken` as in `SyntaxReply`. */
export interface RefactorReply {
  readonly id: number;
  readonly answer: Offered | Places | Plan | Refusal | { readonly kind: "failed"; readonly reason: string };
  readonly broken: boolean;
}
