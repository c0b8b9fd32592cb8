import type { TextChange } from "../text/changes.ts";

/** The changes to one file. `before`: the text they are made for; `undefined`: the file is made, `changes` is one insertion at 0. */
export interface FilePlan {
  /** Absolute path. */
  readonly path: string;
  readonly before: string | undefined;
  /** In order, not overlapping. */
  readonly changes: readonly TextChange[];
  /** Whether the file goes; `changes` is empty then. */
  readonly isRemoved?: true;
}

/** What a refactoring would do. */
export interface Plan {
  readonly kind: "plan";
  /** "Extract variable 'total'". */
  readonly title: string;
  readonly files: readonly FilePlan[];
  /** Sentences about what could not be seen and may need a look. */
  readonly warnings: readonly string[];
  /** Where the new name stands in the first file afterwards, so that an editor can start renaming it. */
  readonly nameAt?: number;
  /** Where names of the first file stand whose types would be written, were they known: see `RefactorRequest.told`. */
  readonly untold?: readonly number[];
}

/**
 * Why it is not done. `code` names the rule: the kind of refactoring and what is in the way, such as
 * "extract-variable.order". `from` and `to`: what is in the way, in the file that was asked about.
 */
export interface Refusal {
  readonly kind: "refused";
  readonly code: string;
  /** A sentence for the person and the model. */
  readonly reason: string;
  readonly from?: number;
  readonly to?: number;
  /** "others": with the files that may use the name, `Place.others`, it might be done; "types": with what types tell, `Place.typed`. */
  readonly lacks?: "others" | "types";
  /** With "types": by which name they are to be asked, where nobody gave one. */
  readonly another?: string;
  /** By what those are to be looked for; `undefined`: the word at the place, and the file. */
  readonly sought?: Sought;
  /** With `lacks`: absolute path of a file that is to be among the others if there is one. */
  readonly target?: string;
}

/** What a file has that may use a name: one of the words, or the name of one of the modules. */
export interface Sought {
  readonly words: readonly string[];
  /** Absolute paths. */
  readonly modules: readonly string[];
}

/** A refusal. */
export function refused(
  code: string,
  reason: string,
  at?: { readonly from: number; readonly to: number },
): Refusal {
  return { kind: "refused", code, reason, ...(at && { from: at.from, to: at.to }) };
}
