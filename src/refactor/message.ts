import type { Offered, RefactorRequest } from "./engine.ts";
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

/** What it answers; `broken` as in `SyntaxReply`. */
export interface RefactorReply {
  readonly id: number;
  readonly answer: Offered | Plan | Refusal | { readonly kind: "failed"; readonly reason: string };
  readonly broken: boolean;
}
