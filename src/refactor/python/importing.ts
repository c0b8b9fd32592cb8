import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import { lineOf } from "../branching/comments.ts";
import type { Import, ImportRules } from "../importing/rules.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { STANDARD_MODULES } from "./built-in.ts";
import { ACTING } from "./unused.ts";

/** Imports of Python: modules run when they are first imported, and names of a package may be such. */
export const importing: ImportRules = { imports, isGrouped: true };

function imports(source: Source): readonly Import[] {
  return source.root.children
    .filter((it) => /^(import|import_from|future_import)_statement$/.test(it.type))
    .map((it) => importOf(it, source));
}

function importOf(statement: SyntaxNode, source: Source): Import {
  const module = inField(statement, "module_name");
  const names = statement.children.filter((it) => it.field === "name");
  const isFuture = statement.type === "future_import_statement";
  const isFrom = module !== undefined || isFuture;
  const paths = module
    ? [textOf(module, source)]
    : names.map((it) => textOf(inField(it, "name") ?? it, source));
  const roots = paths.map((it) => it.replace(/\s/g, "").split(".")[0] ?? "");
  const isStandard = roots.every((it) => STANDARD_MODULES.has(it) && !ACTING.test(it));
  const isStar = statement.children.some((it) => it.type === "wildcard_import");
  return {
    statement,
    group: isFuture ? 0 : groupOf(paths[0] ?? "", isStandard),
    // Whole modules come before names of modules, and what is further up before what is near.
    key: `${isFrom ? 1 : 0}${(paths[0] ?? "").replace(/\s/g, "")}`,
    isBarrier: isStar || isHeld(statement, source) || roots.some((it) => ACTING.test(it)),
    isCertain: isStandard && !isStar && !isFuture,
    declares: declaredBy(names, isFrom, source),
    names: isFrom ? names.map((node) => ({ node, key: keyOf(textOf(node, source)) })) : [],
    isCertainWithin: isFuture || (isFrom && isStandard),
  };
}

/** `# isort: skip` in its line, or over all of the file. */
function isHeld({ to }: SyntaxNode, { text }: Source): boolean {
  return (
    /#\s*isort:\s*(skip_file|off)/.test(text) || /#\s*isort:\s*skip/.test(text.slice(to, lineOf(to, text).to))
  );
}

function groupOf(path: string, isStandard: boolean): number {
  if (path.startsWith(".")) return 3;
  return isStandard ? 1 : 2;
}

function declaredBy(names: readonly SyntaxNode[], isFrom: boolean, source: Source): readonly string[] {
  return names.flatMap((it) => {
    const alias = inField(it, "alias");
    // `import a`, `import a.b` and `import a.c` declare the same module.
    if (!isFrom && !alias) return [`${textOf(it, source).split(".")[0]}.`];
    return [textOf(alias ?? it, source)];
  });
}

/** Constants, then classes, then others, as isort has them (isort, "order_by_type"). */
function keyOf(name: string): string {
  const isConstant = name.length > 1 && name === name.toUpperCase() && /\p{L}/u.test(name);
  return `${isConstant ? 0 : /^\p{Lu}/u.test(name) ? 1 : 2}${name}`;
}
