import type { SyntaxNode } from "../../syntax/tree.ts";
import type { Source } from "../refactoring.ts";

/** How a language tries statements and catches what fails. */
export interface TryingRules {
  /** What stands before and behind the statements, without indentation; `deeper`: one step further in. The failure goes on as it is. */
  readonly around: (
    name: string,
    source: Source,
  ) => {
    readonly before: string;
    readonly behind: readonly { readonly text: string; readonly isDeeper: boolean }[];
  };
  /** What the failure is called where nobody says it; `undefined`: it has no name. */
  readonly failure?: string;
  /** Whether the failure cannot be called so around a node; `undefined`: it can hide what has its name. */
  readonly isTaken?: (name: string, at: SyntaxNode, source: Source) => boolean;
  /** Why a statement cannot stand within, as the end of a sentence; `undefined`: it can. */
  readonly cannotBeTried: (statement: SyntaxNode, source: Source) => string | undefined;
  /** Whether what a statement declares is not seen outside of its row. */
  readonly declaresInRow: (statement: SyntaxNode) => boolean;
}
