import { inField, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Import, ImportRules } from "../importing/rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";

/** Imports of Go, each in its group, by their paths, as gofmt has them (go/ast, `SortImports`). */
export const importing: ImportRules = { imports, isGrouped: false };

function imports(source: Source): readonly Import[] {
  return source.root.children
    .filter((it) => it.type === "import_declaration")
    .flatMap((it) => specsOf(it))
    .map((it) => importOf(it, source));
}

function specsOf(declaration: SyntaxNode): readonly SyntaxNode[] {
  return parts(declaration).flatMap((it) => (it.type === "import_spec" ? [it] : parts(it)));
}

function importOf(statement: SyntaxNode, source: Source): Import {
  const [name, path] = [inField(statement, "name"), inField(statement, "path")];
  const text = path ? textOf(path, source).slice(1, -1) : "";
  // What stands above it is code of C.
  const isBarrier = text === "C" || nearest(statement, (it) => it.type === "import_spec_list") === undefined;
  return {
    statement,
    group: 0,
    key: `${byBytes(text)} ${byBytes(name ? textOf(name, source) : "")}`,
    isBarrier,
    isCertain: !isBarrier,
    declares: [],
    names: [],
    isCertainWithin: true,
  };
}

/** A key that stands in the order of the bytes of a text, also where capitals do not count. */
function byBytes(text: string): string {
  return [...text].map((it) => (it.codePointAt(0) ?? 0).toString(16).padStart(6, "0")).join("");
}
