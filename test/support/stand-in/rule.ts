import type { StandInModel } from "./models.ts";
import type { Refusal } from "./refusal.ts";
import type { Asked } from "./wire.ts";

/** One thing the API refuses. */
export interface Rule {
  /** Unique; what tests call it. */
  readonly name: string;
  readonly check: (asked: Asked, model: StandInModel) => Refusal | undefined;
}
