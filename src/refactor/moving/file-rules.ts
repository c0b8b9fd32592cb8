import type { Plan, Refusal } from "../plan.ts";
import type { Place, Source } from "../refactoring.ts";

/** What has to be known of a language to move a whole file. */
export interface FileMovingRules {
  /** Whether a place is about the file, not about what it declares. */
  readonly isAbout: (place: Place) => boolean;
  /** The changes to all files; `to` is absolute, and no file is there. */
  readonly moved: (
    source: Source,
    to: string,
    others: readonly Source[],
    known: readonly Source[],
  ) => Plan | Refusal;
}
