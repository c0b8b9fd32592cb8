import type { SyntaxNode } from "../../syntax/tree.ts";
import type { Source } from "../refactoring.ts";

/** What a language knows of values that depend on a condition, written as one expression or as two statements. */
export interface ChoosingRules {
  /** A statement that gives one value to one target, or back; `undefined`: it is none, or has comments around its value. */
  readonly giving: (statement: SyntaxNode, source: Source) => Giving | undefined;
  /** The condition and the two values of an expression that chooses, parentheses around it left out; `undefined`: it does not. */
  readonly choice: (value: SyntaxNode) => Choice | undefined;
  /** The expression that chooses, with parentheses where its parts need them. */
  readonly chosen: (choice: Choice, source: Source) => string;
  /** A part of a choice as it is written alone in its statement, or as the condition of one. */
  readonly alone: (part: SyntaxNode, source: Source) => string;
  /** Whether a target is evaluated before its value is. */
  readonly isTargetFirst: boolean;
  /** Whether a condition may run code of a class that is asked for its truth, or by an operator; `undefined`: none is. */
  readonly asks?: (condition: SyntaxNode, source: Source) => boolean;
  /** Whether the value is another one where it stands for itself: a function that is named after its target. */
  readonly isNamedAfter: (value: SyntaxNode, giving: Giving) => boolean;
  /** Why the values cannot be given as one, or apart, as the end of a sentence: their types; `undefined`: they can. */
  readonly cannotChoose?: (choice: Choice, giving: Giving, source: Source) => string | undefined;
  /** The head of an `if`, without what opens its lines. */
  readonly head: (condition: string) => string;
}

/** A statement that gives a value. */
export interface Giving {
  readonly statement: SyntaxNode;
  /** "update" has the old value, too; "declare": it declares what is given the value. */
  readonly kind: "return" | "assign" | "update" | "declare";
  /** What stands before the value, and behind it. */
  readonly head: string;
  readonly end: string;
  readonly value: SyntaxNode;
  readonly target: SyntaxNode | undefined;
  /** For "declare": the declaration without a value. */
  readonly declaration?: string;
}

/** What is chosen from. */
export interface Choice {
  readonly condition: SyntaxNode;
  readonly yes: SyntaxNode;
  readonly no: SyntaxNode;
}
