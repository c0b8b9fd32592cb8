import type { Binding } from "../syntax/bindings.ts";
import type { SyntaxNode } from "../syntax/tree.ts";

/** How another file uses a name that a file exports. */
export interface Imported {
  /** Bindings of the other file that have the very name: `import { a }`. */
  readonly bindings: readonly Binding[];
  /** Places at which the exported name stands by itself: `import { a as b }`, `module.a`. */
  readonly names: readonly SyntaxNode[];
  /** Names that it exports further: `export { a } from`. */
  readonly handedOn: readonly SyntaxNode[];
}
