import type { Binding } from "../syntax/bindings.ts";
import type { SyntaxNode } from "../syntax/tree.ts";
import type { Refusal } from "./plan.ts";
import { importersInPython } from "./python-importers.ts";
import type { Source } from "./refactoring.ts";
import { importersInScript } from "./script-importers.ts";

/** How another file uses a name that a file exports. */
export interface Import {
  /** Bindings of the other file that have the very name: `import { a }`. */
  readonly bindings: readonly Binding[];
  /** Places at which the exported name stands by itself: `import { a as b }`, `module.a`. */
  readonly names: readonly SyntaxNode[];
  /** Names that it exports further: `export { a } from`. */
  readonly handedOn: readonly SyntaxNode[];
}

/** What `other` uses of the name that `exporting` exports, or why that cannot be told. */
export function importedBy(other: Source, exporting: Source, name: string): Import | Refusal {
  return other.language === "python"
    ? importersInPython(other, exporting, name)
    : importersInScript(other, exporting, name);
}
