import type { Binding, Bindings, NameSpace } from "../syntax/bindings.ts";
import type { SyntaxNode } from "../syntax/tree.ts";
import type { Imported } from "./imported.ts";
import type { Refusal } from "./plan.ts";
import type { Source } from "./refactoring.ts";

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
  readonly effectOf: (node: SyntaxNode, source: Source) => Effect;
  /**
   * Whether the node is evaluated exactly once whenever its parent is, before or after its siblings but within it.
   * If not, why, as the end of a sentence: "it is evaluated only when the left side is true".
   */
  readonly notAlways: (node: SyntaxNode) => string | undefined;
  /** Why an expression cannot be replaced by a name: an assignment's target, a key, part of a chain; `undefined`: it can. */
  readonly cannotStandAlone: (node: SyntaxNode, source: Source) => string | undefined;
  /** The declaration of a variable that is never written again, without indentation or line end. */
  readonly declaration: (name: string, value: string, source: Source) => string;
  /**
   * The declaration of a variable of that single name: its whole statement, the value and, when the statement declares
   * others too, just the part to remove; `undefined` when it is not declared by such with a value.
   */
  readonly declared: (name: SyntaxNode, source: Source) => Declared | undefined;
  /** `text` (the expression `value` from elsewhere), as it has to be written to stand in the place of `at`: in parentheses where it needs them. */
  readonly inPlaceOf: (at: SyntaxNode, value: SyntaxNode, text: string) => string;
  /** Whether other files may use the binding by the name it has here. */
  readonly isSeenByItsName: (binding: Binding) => boolean;
  /** What `other` uses of the name that `exporting` exports, or why that cannot be told. */
  readonly importedBy: (other: Source, exporting: Source, name: string) => Imported | Refusal;
}

/** See `CodeRules.declared`. */
export interface Declared {
  readonly statement: SyntaxNode;
  readonly value: SyntaxNode;
  /** What to take out of the text when the variable goes, the whole statement's lines when it declares nothing else. */
  readonly remove: { readonly from: number; readonly to: number };
}
