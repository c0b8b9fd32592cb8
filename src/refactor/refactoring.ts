import type { Bindings } from "../syntax/bindings.ts";
import type { SyntaxNode } from "../syntax/tree.ts";
import type { CodeRules } from "./code-rules.ts";
import type { Plan, Refusal } from "./plan.ts";

/** A file that is refactored, parsed. */
export interface Source {
  /** Absolute path. */
  readonly path: string;
  readonly text: string;
  readonly root: SyntaxNode;
  /** Id of its language on the shelf `syntax/languages`. */
  readonly language: string;
  readonly rules: CodeRules;
  /** Made when first asked for. */
  readonly bindings: () => Bindings;
}

/** Where a refactoring is asked for: a selection, or a cursor when both ends are equal. UTF-16 units. */
export interface Place {
  readonly source: Source;
  readonly from: number;
  readonly to: number;
  /**
   * Other files that may use what this one exports, parsed, absolute paths; `undefined`: nobody looked, so what is
   * exported cannot be changed with certainty.
   */
  readonly others?: readonly Source[];
  readonly loaded?: Loaded;
}

/** Files that others load and that use nothing of what is changed: what they do when they are loaded may matter. */
export interface Loaded {
  readonly sources: readonly Source[];
  /** Whether there are no more of them. */
  readonly isAll: boolean;
}

/** What the person, a script or the model may say about how it is done. */
export interface Options {
  /** The new name. */
  readonly name?: string;
  /** Extract: all equal occurrences. */
  readonly replaceAll?: boolean;
  /** Inline: every call, wherever it was asked for. */
  readonly allCalls?: boolean;
  /** Move: path of the file to move to, from the folder of the file; `undefined`: a new one beside it. */
  readonly to?: string;
}

/** An entry of the shelf `refactor/refactorings`. */
export interface Refactoring {
  /** "extract-variable". */
  readonly id: string;
  /** For menus: "Extract variable". */
  readonly title: string;
  /** VS Code's kind of code action: "refactor.extract". */
  readonly kind: string;
  /**
   * What can be told quickly: the title to offer at a place, or `undefined` when it makes no sense there. The plan may
   * still refuse.
   */
  readonly offer: (place: Place) => string | undefined;
  /** The changes, or why not; made for exactly the texts in `place`. */
  readonly plan: (place: Place, options: Options) => Plan | Refusal;
  /** Absolute path of the file that it makes when `Options.to` names none; left out where it makes none. */
  readonly target?: (place: Place) => string | undefined;
  /**
   * What is in the way when all files are as the plan has them, new ones too; `undefined`: nothing. The file that was
   * asked about is the first, before and after.
   */
  readonly check?: (
    before: readonly Source[],
    after: readonly Source[],
    loaded: Loaded,
  ) => Refusal | undefined;
}
