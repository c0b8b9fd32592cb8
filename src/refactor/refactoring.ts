import type { Bindings } from "../syntax/bindings.ts";
import type { SyntaxNode } from "../syntax/tree.ts";
import type { CodeRules } from "./code-rules.ts";
import type { Plan, Refusal, Sought } from "./plan.ts";
import type { ToldType, TypedRename } from "./typed.ts";

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
  /** By what `others` were looked for; `undefined`: they are all files that there are. */
  readonly sought?: Sought;
  /** Another text in the language of the file; `undefined` when it cannot be parsed. */
  readonly parsed: (text: string) => Source | undefined;
  readonly loaded?: Loaded;
  /** What types tell, if they were asked: the files it names are among `others`. */
  readonly typed?: TypedRename;
  /** See `RefactorRequest.told`. */
  readonly told?: readonly ToldType[];
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
  /** Extract constant or function, where it is declared: "file", "class", "enclosing", "function NAME". */
  readonly scope?: string;
  /** Inline: every call, wherever it was asked for. */
  readonly allCalls?: boolean;
  /** Change signature: the indices of the old parameters in their new order, with or without those that are removed. */
  readonly reorder?: readonly number[];
  /** Change signature: indices of the parameters that go. */
  readonly remove?: readonly number[];
  readonly add?: readonly AddedParameter[];
  readonly rename?: readonly RenamedParameter[];
  /** Move: path of the file to move to, from the folder of the file; `undefined`: a new one beside it. */
  readonly to?: string;
  /** What a person made of the text that `Refactoring.asks` gave, in the place of all others. */
  readonly answer?: string;
}

/** A new parameter. */
export interface AddedParameter {
  readonly name: string;
  /** The expression that the calls there are give it. */
  readonly default: string;
  /** Of the old parameter before which it stands; `undefined`: at the end, before what takes the rest. */
  readonly index?: number;
  readonly type?: string;
}

/** A new name for the parameter with that index. */
export interface RenamedParameter {
  readonly index: number;
  readonly name: string;
}

/** An entry of the shelf `refactor/refactorings`. */
export interface Refactoring {
  /** "extract-variable". */
  readonly id: string;
  /** For menus: "Extract variable". */
  readonly title: string;
  /** VS Code's kind of code action: "refactor.extract". */
  readonly kind: string;
  /** What a language must know of for it; `undefined`: no more than of all. */
  readonly needs?: keyof CodeRules;
  /**
   * What can be told quickly: the title to offer at a place, or `undefined` when it makes no sense there. The plan may
   * still refuse.
   */
  readonly offer: (place: Place) => string | undefined;
  /** Where there is nothing to do until a person has edited a text: that text. */
  readonly asks?: (place: Place) => string | undefined;
  /** Whether it may be done for all that is the same in the file, with `Options.replaceAll`. */
  readonly repeats?: boolean;
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
