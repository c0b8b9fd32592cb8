import type { Binding } from "../syntax/bindings.ts";
import type { SyntaxNode } from "../syntax/tree.ts";
import type { Examined } from "./smell.ts";

/**
 * What a node does to the flow of control. "else-if" is a condition in the place of an else; "fallback" the case that
 * is taken when no other is; "filter" a condition (or a loop) that is part of a case, a catch or a comprehension; "jump"
 * goes to a label; "closure" is written within a function and belongs to it, one level deeper.
 */
export type Role =
  | "function"
  | "class"
  | "if"
  | "else-if"
  | "else"
  | "loop"
  | "switch"
  | "case"
  | "fallback"
  | "try"
  | "catch"
  | "conditional"
  | "logical"
  | "filter"
  | "jump"
  | "closure";

/** A member of an object that is named at a place: `object.name`. */
export interface MemberUse {
  readonly object: SyntaxNode;
  readonly name: string;
  readonly isCalled: boolean;
}

/**
 * What must be known of a language to find smells in it: an entry of the shelf `smells/languages`. Where what is optional
 * is missing, the smells that need it are not looked for.
 */
export interface SmellRules {
  /** Ids on the shelf `syntax/languages` that these rules hold for. */
  readonly languages: readonly string[];
  readonly roleOf: (node: SyntaxNode, text: string) => Role | undefined;
  /** Whether it is what a condition does else, where no node of its own says so. */
  readonly isAlternative?: (node: SyntaxNode) => boolean;
  /** Whether a child of a condition, a loop or a switch is what it runs, and so deeper than it. */
  readonly isNested: (node: SyntaxNode) => boolean;
  readonly isParenthesis: (node: SyntaxNode) => boolean;
  /** Whether a logical operation is there for what it runs, and no condition. */
  readonly isCommand?: (node: SyntaxNode) => boolean;
  /** Whether it may stand between the operators of one row, as the parser sees it. */
  readonly isBetween?: (node: SyntaxNode) => boolean;
  /** Whether it only turns a truth around: `!a`. */
  readonly isNegation: (node: SyntaxNode) => boolean;
  /** Whether its children are statements that run one after another. */
  readonly isRow: (node: SyntaxNode) => boolean;
  /** Whether its children are the members of a class. */
  readonly isMembers: (node: SyntaxNode) => boolean;
  /** What a function does; `undefined`: what stands in its field "body". */
  readonly bodyOf?: (fn: SyntaxNode) => SyntaxNode | undefined;
  /** The name of a function; `undefined`: what stands in its field "name". */
  readonly nameOf?: (fn: SyntaxNode) => SyntaxNode | undefined;
  /** Whether a statement by itself goes elsewhere, so that nothing behind it runs. */
  readonly leaves?: (statement: SyntaxNode, text: string) => boolean;
  /** Whether a statement has its effect though it is never reached, or none to speak of. */
  readonly countsUnreached?: (statement: SyntaxNode) => boolean;
  /** Whether a statement that is never reached is there to make the function what it is. */
  readonly isForForm?: (statement: SyntaxNode) => boolean;
  /** The parameters that a caller has to keep apart by their order. */
  readonly parameters?: (fn: SyntaxNode, text: string) => readonly SyntaxNode[];
  /** Whether the parameters are somebody else's choice: a callback's, an override's. */
  readonly isDictated?: (fn: SyntaxNode, text: string) => boolean;
  /** The methods written in a class, those left out that have to be there. */
  readonly methods?: (type: SyntaxNode, text: string) => readonly SyntaxNode[];
  /** How a method calls its own object; `undefined`: it has none, or makes it. */
  readonly ownName?: (method: SyntaxNode, text: string) => string | undefined;
  /** A member of the method's own object that is named without it. */
  readonly ownMember?: (node: SyntaxNode, file: Examined) => string | undefined;
  readonly memberUse?: (node: SyntaxNode, text: string) => MemberUse | undefined;
  /** The callee when the node is a call; `undefined`: one name may stand for several functions. */
  readonly calleeOf?: (node: SyntaxNode) => SyntaxNode | undefined;
  /** A number that is written out, as a value; `undefined`: it is none, or one in a form that says what it is. */
  readonly numberOf: (node: SyntaxNode, text: string) => number | undefined;
  /** Whether a number at this place takes part in a computation or a comparison, with nothing that explains it. */
  readonly isUnexplained: (number: SyntaxNode, text: string) => boolean;
  /** Nodes that are one token though they have parts: texts. */
  readonly isWholeToken: (node: SyntaxNode) => boolean;
  /** Nodes that are left out of comparisons: imports, documentation. */
  readonly isNoCode: (node: SyntaxNode) => boolean;
  /** What stands where names are used that nobody sees, and may use any of them. */
  readonly reachesAll?: (opaque: SyntaxNode) => boolean;
  /** Whether nothing but the file could use the binding, and it is there for its own sake. */
  readonly isOwn?: (binding: Binding, file: Examined) => boolean;
  /** Whether an import that nothing uses is there for nothing. */
  readonly isImportForUse?: (binding: Binding, file: Examined) => boolean;
  /** As what other files may take a name from this one, though it is not said to be for them: "module.name". */
  readonly offeredAs?: (binding: Binding, file: Examined) => string | undefined;
  /** What the file takes from others, as `offeredAs` says it. */
  readonly taken?: (file: Examined) => readonly string[];
  /** The stretch that goes with an import that nothing uses. */
  readonly importPart?: (
    name: SyntaxNode,
    text: string,
  ) => { readonly from: number; readonly to: number } | undefined;
}
