import type { FilePlan, Refusal } from "./plan.ts";
import type { Place, Source } from "./refactoring.ts";

/** What a file exports by its name, and what it exports without one. */
export interface ExportForms {
  /** What the file exports at the place without a name, and with one; told quickly. `undefined`: nothing that has a name. */
  readonly exportedAt: (place: Place) => Exported | undefined;
  /** The changes to all files; `others` are those that may use it. */
  readonly exchanged: (
    exported: Exported,
    source: Source,
    others: readonly Source[],
    id: string,
  ) => Exchanged | Refusal;
}

/** Something that a file exports. */
export interface Exported {
  readonly name: string;
  readonly isDefault: boolean;
  /** Where it is said. */
  readonly from: number;
  readonly to: number;
}

/** The changes to all files, and what could not be seen. */
export interface Exchanged {
  readonly files: readonly FilePlan[];
  readonly warnings: readonly string[];
}
