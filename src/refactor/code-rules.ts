import type { Binding, Bindings, NameSpace, Reference } from "../syntax/bindings.ts";
import type { SyntaxNode } from "../syntax/tree.ts";
import type { TextChange } from "../text/changes.ts";
import type { BranchingRules } from "./branching/rules.ts";
import type { ChoosingRules } from "./choosing/rules.ts";
import type { CollectingForms } from "./collecting.ts";
import type { ExportForms } from "./exporting.ts";
import type { ExtractionRules } from "./extraction/rules.ts";
import type { FunctionForms } from "./function-forms.ts";
import type { GeneratingRules } from "./generating.ts";
import type { Imported } from "./imported.ts";
import type { ImportRules } from "./importing/rules.ts";
import type { InliningRules } from "./inlining/rules.ts";
import type { LoopForms } from "./looping.ts";
import type { ModuleForms } from "./module-forms.ts";
import type { FileMovingRules } from "./moving/file-rules.ts";
import type { MovingRules } from "./moving/rules.ts";
import type { Refusal } from "./plan.ts";
import type { Place, Source } from "./refactoring.ts";
import type { SignatureRules } from "./signature/rules.ts";
import type { SplittingRules } from "./splitting.ts";
import type { TextForms } from "./texts/rules.ts";
import type { TryingRules } from "./trying/rules.ts";
import type { TypingRules } from "./typing.ts";
import type { UnusedRules } from "./unused/rules.ts";
import type { WaitingForms } from "./waiting.ts";

/**
 * How far evaluating an expression is felt elsewhere, as far as can be proved: "pure" has the same value whenever it
 * is evaluated while its variables are not written; "reads" may find another value later (a member, an index) but
 * changes nothing; "acts" may change something, throw on purpose, or is not known.
 */
export type Effect = "pure" | "reads" | "acts";

/** What refactorings must know of a language: an entry of the shelf `refactor/languages`. */
export interface CodeRules {
  /** Ids on the shelf `syntax/languages` that these rules hold for. */
  readonly languages: readonly string[];
  /** Who is who in a file. */
  readonly bind: (root: SyntaxNode, text: string) => Bindings;
  readonly isExpression: (node: SyntaxNode) => boolean;
  /** Whether it is a statement, or a declaration, that stands in a row of such. */
  readonly isStatement: (node: SyntaxNode) => boolean;
  readonly isFunction: (node: SyntaxNode) => boolean;
  /** Whether it may be a new name in these spaces: no word of the language's own. */
  readonly isName: (name: string, spaces?: readonly NameSpace[]) => boolean;
  /** Whether a file has the name in another spelling, by which bindings do not know it; `undefined`: names have one. */
  readonly isSpelledOtherwise?: (name: string, source: Source) => boolean;
  readonly effectOf: (node: SyntaxNode, source: Source) => Effect;
  /** Whether evaluating an expression may fail though it changes nothing, as `a / b`; `undefined`: nothing does that is not taken for granted. */
  readonly mayFail?: (node: SyntaxNode, source: Source) => boolean;
  /** Whether a node that is no expression does something besides what its parts do: a jump, a step of an iterator. */
  readonly actsItself: (node: SyntaxNode) => boolean;
  /** What is evaluated when a function is made, not when it is called; `undefined`: nothing is. */
  readonly evaluatedWhenMade?: (node: SyntaxNode) => readonly SyntaxNode[];
  /** The parts of a node in the order in which they are evaluated; `undefined`: that in which they stand. */
  readonly inOrder?: (node: SyntaxNode) => readonly SyntaxNode[];
  /**
   * Whether the node is evaluated exactly once whenever its parent is, before or after its siblings but within it.
   * If not, why, as the end of a sentence: "it is evaluated only when the left side is true".
   */
  readonly notAlways: (node: SyntaxNode) => string | undefined;
  /** Why an expression cannot be replaced by a name: an assignment's target, a key, part of a chain; `undefined`: it can. */
  readonly cannotStandAlone: (node: SyntaxNode, source: Source) => string | undefined;
  /** Whether a value has the type that each of its places asks for, so that two equal ones need not be one; `undefined`: none has. */
  readonly isTypedByPlace?: (value: SyntaxNode, source: Source) => boolean;
  /** The declaration of a variable that is never written again, without indentation or line end. */
  readonly declaration: (name: string, value: SyntaxNode, source: Source) => string;
  /** The same at the top of a file, where that is another one; with no text there it cannot be declared. */
  readonly topDeclaration?: (name: string, value: SyntaxNode, source: Source) => string | undefined;
  /** What, at the beginning of a line, would be read as the end of a statement before it; `undefined`: a line's end ends it. */
  readonly goesOn?: RegExp;
  /**
   * The declaration of a variable of that single name: its whole statement, the value and, when the statement declares
   * others too, just the part to remove; `undefined` when it is not declared by such with a value.
   */
  readonly declared: (name: SyntaxNode, source: Source) => Declared | undefined;
  /** `text` (the expression `value` from elsewhere), as it has to be written to stand in the place of `at`: in parentheses where it needs them. */
  readonly inPlaceOf: (at: SyntaxNode, value: SyntaxNode, text: string) => string;
  /** The change that puts a name in the place of the node, where it is more than that: `{name}` among an element's children; `undefined`: it is not. */
  readonly nameInPlaceOf?: (at: SyntaxNode, name: string, source: Source) => TextChange | undefined;
  /** The change that puts a value in the place of a name, where it is more than that: `${a}` in a text, when that is a text; `undefined`: it is not. */
  readonly valueInPlaceOf?: (at: SyntaxNode, value: SyntaxNode, source: Source) => TextChange | undefined;
  /** Why the value of a variable cannot be written where the variable is used, `at`; `undefined`: it can. */
  readonly cannotTakePlaceOf?: (at: SyntaxNode, value: SyntaxNode, source: Source) => string | undefined;
  /** Where a value becomes a constant that is no variable of a row but a member; or why it cannot. `undefined`: constants are variables. */
  readonly constantHome?: (node: SyntaxNode, source: Source) => ConstantHome | Refusal;
  /** Where a value becomes a field of the objects of the class around it, of that name if one is said; `undefined`: it does not. */
  readonly fieldHome?: (
    node: SyntaxNode,
    source: Source,
    className: string | undefined,
  ) => ConstantHome | Refusal;
  /** Whether variables can be declared in a row of statements; `undefined`: in all. */
  readonly holdsVariables?: (row: SyntaxNode) => boolean;
  /** Whether a name has one value while a statement runs, whatever gives it values elsewhere, as a final field once its object is made. */
  readonly isFixed?: (use: Reference, statement: SyntaxNode, source: Source) => boolean;
  /** How functions are extracted; `undefined`: they are not. */
  readonly extraction?: ExtractionRules;
  /** How functions are inlined; `undefined`: they are not. */
  readonly inlining?: InliningRules;
  /** How parameters are changed; `undefined`: they are not. */
  readonly signature?: SignatureRules;
  /** How conditions are turned around; `undefined`: they are not. */
  readonly branching?: BranchingRules;
  /** How values depend on conditions; `undefined`: that is not rewritten. */
  readonly choosing?: ChoosingRules;
  /** Functions with and without a `this` of their own; `undefined`: there is only one form. */
  readonly functionForms?: FunctionForms;
  /** Loops over arrays, and calls with functions that do the same; `undefined`: there is only one form. */
  readonly looping?: LoopForms;
  /** Collections that a loop or an expression fills; `undefined`: only loops do. */
  readonly collecting?: CollectingForms;
  /** What happens later, as functions that are handed on or waited for; `undefined`: it has one form. */
  readonly waiting?: WaitingForms;
  /** Texts made of values; `undefined`: they have one form. */
  readonly textForms?: TextForms;
  /** Several variables in one statement; `undefined`: each has its own. */
  readonly splitting?: SplittingRules;
  /** How what nothing uses is removed; `undefined`: it is not. */
  readonly unused?: UnusedRules;
  /** In which order imports stand; `undefined`: they are left. */
  readonly importing?: ImportRules;
  /** How statements are tried; `undefined`: they are not. */
  readonly trying?: TryingRules;
  /** What files export with and without names; `undefined`: there is only one form. */
  readonly exporting?: ExportForms;
  /** Modules that are imported, and loaded by calls; `undefined`: there is only one way. */
  readonly moduleForms?: ModuleForms;
  /** How written types get names; `undefined`: they do not. */
  readonly typing?: TypingRules;
  /** What is written for classes; `undefined`: nothing. */
  readonly generating?: GeneratingRules;
  /** How declarations are moved to another file; `undefined`: they are not. */
  readonly moving?: MovingRules;
  /** How whole files are moved; `undefined`: they are not. */
  readonly fileMoving?: FileMovingRules;
  /** Whether two files share the names at their tops, as those of a package; `undefined`: each has its own. */
  readonly sharesNames?: (a: Source, b: Source) => boolean;
  /** Whether other files may use the binding by the name it has here. */
  readonly isSeenByItsName: (binding: Binding) => boolean;
  /** What `other` uses of the name that `exporting` exports, or why that cannot be told. `all`: the other files that were looked at. */
  readonly importedBy: (
    other: Source,
    exporting: Source,
    name: string,
    all: readonly Source[],
  ) => Imported | Refusal;
  /** Whether still other files may have what `other` imports as `binding` from it, under that name. */
  readonly isHandedOn: (binding: Binding, other: Source, all: readonly Source[]) => boolean;
  /** Why a name that is bound in the file cannot be changed there, to `name`; `undefined`: it can. */
  readonly cannotRename?: (binding: Binding, source: Source, name: string) => Refusal | undefined;
  /** Whether a leaf is the name of a member, which only types tell; `undefined`: nobody knows types of the language. */
  readonly isMember?: (node: SyntaxNode) => boolean;
  /**
   * Names in the file that are the binding's though they stand for nothing by themselves, as those of arguments that
   * are given by name; or why those are not certain. `undefined`: there are none in the language.
   */
  readonly namesakes?: (binding: Binding, place: Place) => Namesakes | Refusal;
  /** What the tree has otherwise than the language; `undefined`: nothing that is known of. */
  readonly misread?: (source: Source) => SyntaxNode | undefined;
}

/** See `CodeRules.declared`. */
export interface Declared {
  readonly statement: SyntaxNode;
  readonly value: SyntaxNode;
  /** The value as it is written, where it stands nowhere so: `a.b` in `const { b } = a`. */
  readonly text?: string;
  /** What to take out of the text when the variable goes, the whole statement's lines when it declares nothing else. */
  readonly remove: { readonly from: number; readonly to: number };
  /** What has to stand there then; nothing if it is not said. */
  readonly instead?: string;
}

/** See `CodeRules.constantHome`. */
export interface ConstantHome {
  /** The member before which it is declared. */
  readonly before: SyntaxNode;
  readonly declaration: (name: string) => string;
  /** The value and all that are equal to it and may be the constant, in order. */
  readonly equal: readonly SyntaxNode[];
  /** What stands for it, where that is more than its name: `this.a`. */
  readonly used?: (name: string) => string;
  /** Whether a member has the name, where members do not meet variables. */
  readonly isTaken?: (name: string) => boolean;
  readonly suggested?: string;
  readonly warnings?: readonly string[];
}

/** See `CodeRules.namesakes`. */
export interface Namesakes {
  readonly names: readonly SyntaxNode[];
  /** Sentences about what could not be seen. */
  readonly warnings: readonly string[];
}
