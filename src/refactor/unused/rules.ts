import type { Binding } from "../../syntax/bindings.ts";
import type { SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import type { Refusal } from "../plan.ts";
import type { Source } from "../refactoring.ts";

/** What a language knows of removing what nothing uses. */
export interface UnusedRules {
  /** Names in the import that a node is, or lies in; `undefined`: it is none. */
  readonly importAround: (node: SyntaxNode) => SyntaxNode | undefined;
  /** Takes names out of their import, all of it where they are all of its names. */
  readonly withoutImports: (
    statement: SyntaxNode,
    names: readonly Binding[],
    source: Source,
  ) => Removal | Refusal;
  /** Takes a variable out with its value. */
  readonly withoutVariable: (name: Binding, source: Source) => Removal | Refusal;
}

/** The changes, and sentences about what could not be seen. */
export interface Removal {
  readonly changes: readonly TextChange[];
  readonly warnings: readonly string[];
}
