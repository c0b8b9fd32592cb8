import type { SyntaxNode } from "../../syntax/tree.ts";
import type { Import, ImportRules } from "../importing/rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";

/** Usings of C#: in which order they stand does not matter (C# language specification, section 14.5). Those of `System` come first, then others, static ones and aliases. */
export const importing: ImportRules = {
  imports: (source) => usingsIn(source.root).map((it) => importOf(it, source)),
  isGrouped: false,
};

/** Those of the file, then those of its namespaces. */
function usingsIn(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.flatMap((it) =>
    it.type === "using_directive"
      ? [it]
      : /^((file_scoped_)?namespace_declaration|declaration_list)$/.test(it.type) &&
          it.parent?.type !== "class_declaration"
        ? usingsIn(it)
        : [],
  );
}

function importOf(statement: SyntaxNode, source: Source): Import {
  const has = (type: string) => statement.children.some((it) => it.type === type);
  const key = textOf(statement, source)
    .replace(/^(global\s+)?using\s+(static\s+)?/, "")
    .replace(/[\s;]/g, "");
  const isOwn = !/^System\b/.test(key);
  const group = has("name_equals") ? 3 : has("static") ? 2 : isOwn ? 1 : 0;
  return {
    statement,
    // `global using` has to stand before all others.
    group: has("global") ? group - 4 : group,
    key,
    isBarrier: false,
    isCertain: true,
    declares: [],
    names: [],
    isCertainWithin: true,
  };
}
