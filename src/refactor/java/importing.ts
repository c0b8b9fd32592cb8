import type { SyntaxNode } from "../../syntax/tree.ts";
import type { Import, ImportRules } from "../importing/rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";

/** Imports of Java: in which order they stand does not matter. Those of static members come last. */
export const importing: ImportRules = {
  imports: (source) =>
    source.root.children.filter((it) => it.type === "import_declaration").map((it) => importOf(it, source)),
  isGrouped: false,
};

function importOf(statement: SyntaxNode, source: Source): Import {
  const isStatic = statement.children.some((it) => it.type === "static");
  const key = textOf(statement, source)
    .replace(/^import\s+(static\s+)?/, "")
    .replace(/[\s;]/g, "");
  return {
    statement,
    group: isStatic ? 1 : 0,
    key,
    isBarrier: false,
    isCertain: true,
    declares: [],
    names: [],
    isCertainWithin: true,
  };
}
