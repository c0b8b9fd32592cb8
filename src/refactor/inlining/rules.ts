import type { SyntaxNode } from "../../syntax/tree.ts";
import type { Refusal } from "../plan.ts";
import type { Source } from "../refactoring.ts";

/** What a language knows of putting a function's body in the place of a call. */
export interface InliningRules {
  /** Whether what a body declares is new in each turn of a loop around it. */
  readonly isFreshInTurns: boolean;
  /** The function that a declared name stands for, or why its body cannot stand elsewhere. */
  readonly inlinable: (name: SyntaxNode, source: Source) => Inlinable | Refusal;
  /** Whether a parameter that has a value for when nothing is given surely takes this one; `undefined`: whatever is given, it takes. */
  readonly isGiven?: (value: SyntaxNode) => boolean;
  /** What each name of a pattern is when the pattern is given a value, in the order in which that is evaluated; `undefined`: it is not to be seen. */
  readonly takenApart?: (
    pattern: SyntaxNode,
    value: SyntaxNode,
    source: Source,
  ) => readonly Taken[] | undefined;
  /** What has to be replaced where a function is asynchronous: the call with what waits for it; `undefined`: nothing waits. */
  readonly waitingFor?: (call: SyntaxNode) => SyntaxNode | undefined;
  /** The call that a name is called by; `undefined`: it is not called there. */
  readonly callOf: (name: SyntaxNode, source: Source) => Call | undefined;
}

/** A function whose body may be put elsewhere. */
export interface Inlinable {
  /** What is removed with it: its whole declaration. */
  readonly whole: SyntaxNode;
  readonly parameters: readonly Parameter[];
  /** What it does before it gives back its value; none: it is its value only. */
  readonly statements: readonly SyntaxNode[];
  /** What it gives back; `undefined`: nothing. */
  readonly value: SyntaxNode | undefined;
  /** Whether it waits for something, and its calls have to be waited for. */
  readonly isAsync?: boolean;
}

/** A name that a pattern gives a value. */
export interface Taken {
  readonly name: SyntaxNode;
  readonly value: SyntaxNode;
  /** The value as it is written, where it stands nowhere so: `a.b` for `b` of `{ b }` that is given `a`. */
  readonly text?: string;
}

/** A parameter: a name, or a pattern of names. */
export interface Parameter {
  readonly name: SyntaxNode;
  /** What it is where nothing is given. */
  readonly fallback: SyntaxNode | undefined;
}

/** A call of a function. */
export interface Call {
  readonly node: SyntaxNode;
  /** What is given, in the order in which it is evaluated; `name`: of the parameter, where the call says it. */
  readonly given: readonly { readonly name?: string; readonly value: SyntaxNode }[];
}
