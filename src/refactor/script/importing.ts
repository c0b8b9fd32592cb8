import { inField, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Import, ImportRules } from "../importing/rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";

/** Imports of JavaScript and TypeScript: modules are evaluated in the order in which they are imported. */
export const importing: ImportRules = { imports, isGrouped: false };

function imports(source: Source): readonly Import[] {
  return source.root.children
    .filter((it) => it.type === "import_statement")
    .map((it) => importOf(it, source));
}

function importOf(statement: SyntaxNode, source: Source): Import {
  const from = inField(statement, "source");
  const path = from ? textOf(from, source).slice(1, -1) : "";
  const clause = statement.children.find((it) => it.type === "import_clause");
  const named = clause?.children.find((it) => it.type === "named_imports");
  const names = (named ? parts(named) : []).map((node) => ({
    node,
    key: textOf(inField(node, "name") ?? node, source),
  }));
  return {
    statement,
    group: groupOf(path),
    key: path,
    isBarrier: clause === undefined,
    isCertain: false,
    declares: [],
    names,
    isCertainWithin: true,
  };
}

/** Modules of the system, packages, names that stand for folders, files above, files beside. */
function groupOf(path: string): number {
  if (/^(node|bun|deno):/.test(path)) return 0;
  if (/^\.\.?(\/|$)/.test(path)) return path.startsWith("..") ? 3 : 4;
  return /^([~#]|@\/)/.test(path) ? 2 : 1;
}
