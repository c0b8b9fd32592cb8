import type { SyntaxNode } from "../../syntax/tree.ts";
import type { Source } from "../refactoring.ts";

/** What a language knows of statements that do one thing or another. */
export interface BranchingRules {
  /** The parts of an `if`, also of one that goes on from another; `undefined`: the node is none. */
  readonly branching: (node: SyntaxNode, source: Source) => Branching | undefined;
  /** A condition that is true where this one is not, as it is written in the same place. */
  readonly negated: (condition: SyntaxNode, source: Source) => string;
  /** Whether what stands behind a statement in its row is never reached from it. */
  readonly leaves: (statement: SyntaxNode) => boolean;
  /** Whether it does nothing but leave its row as the row's own end would: `return` in a function, `continue` in a loop. */
  readonly isEndOfRow: (statement: SyntaxNode, row: SyntaxNode) => boolean;
  /** What leaves a row as its own end does: "return", "continue"; `undefined`: nothing does. */
  readonly endOfRow: (row: SyntaxNode, source: Source) => string | undefined;
  /** Whether what a statement declares is not seen outside of its row. */
  readonly declaresInRow: (statement: SyntaxNode) => boolean;
  /** What stands around statements that depend on a condition, behind its head: " {" and "}" where lines are enclosed, and between those of both cases. */
  readonly enclosed: { readonly open: string; readonly close: string; readonly between: string };
  /** A step of indentation where the file shows none. */
  readonly step: string;
  /** `text` with a sign that ends the statement where the other one had such; a block needs none. */
  readonly ended: (text: string, like: string) => string;
}

/** An `if` in its parts. */
export interface Branching {
  /** The whole of it, or of its part of a chain. */
  readonly node: SyntaxNode;
  readonly condition: SyntaxNode;
  readonly first: Branch;
  /** `undefined`: there is none, or a further condition, see `isChain`. */
  readonly second: Branch | undefined;
  /** Whether a further condition follows: `else if`, `elif`. */
  readonly isChain: boolean;
  /** Whether it goes on from another condition itself. */
  readonly isLater: boolean;
  /** Whether it is a statement by itself, also behind `else`; `elif` is none. */
  readonly isStatement: boolean;
  /** Comments that stand between its parts, so that nobody knows which one they are about. */
  readonly loose: readonly SyntaxNode[];
}

/** What is done in one case. */
export interface Branch {
  /** The stretch that changes places with the other one. */
  readonly from: number;
  readonly to: number;
  readonly statements: readonly SyntaxNode[];
  /** The statements and the comments. */
  readonly all: readonly SyntaxNode[];
  /** Whether it can stand in the place of the other one as it is. */
  readonly isMovable: boolean;
}
