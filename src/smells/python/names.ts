import type { Binding } from "../../syntax/bindings.ts";
import { nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { baseName } from "../../text/paths.ts";
import type { Examined } from "../smell.ts";
import { withComma } from "../with-comma.ts";

/** See `SmellRules.isOwn`: what stands at the top of a file, or in a class, is there for others, too. */
export function isOwn({ kind, declarations, scope, name }: Binding): boolean {
  if (scope.kind !== "function" || /^__\w+__$/.test(name)) return false;
  const [only, ...more] = declarations.map((it) => it.parent);
  if (!only) return false;
  if (kind === "function" || kind === "class")
    return (
      more.length === 0 &&
      /^(function|class)_definition$/.test(only.type) &&
      only.parent?.type !== "decorated_definition"
    );
  // Several targets, loops and `with` name for the form; a chain gives more than one name the value.
  return (
    kind === "variable" &&
    more.length === 0 &&
    only.type === "assignment" &&
    only.parent?.type === "expression_statement" &&
    isFirst(declarations[0])
  );
}

function isFirst(at: SyntaxNode | undefined): boolean {
  return at?.field === "left";
}

/**
 * See `SmellRules.isImportForUse`: packages import for others, an import that may fail is a question, `import a as a` is
 * handed on, and some modules act by being imported.
 */
export function isImportForUse(
  { name, declarations, scope }: Binding,
  { source: { path, text, root } }: Examined,
): boolean {
  const [at, ...more] = declarations;
  const statement = at && nearest(at, (it) => /^import(_from)?_statement$/.test(it.type));
  if (!at || !statement || more.length > 0 || baseName(path) === "__init__.py" || path.endsWith(".pyi"))
    return false;
  const alias = at.parent?.type === "aliased_import" ? at.parent : undefined;
  if (alias && parts(alias)[0] && text.slice(parts(alias)[0]?.from, parts(alias)[0]?.to) === name)
    return false;
  if (nearest(statement, (it) => it.type === "try_statement")) return false;
  // `import a.b` makes `b` a member of `a` for everybody.
  if (
    statement.type === "import_statement" &&
    !alias &&
    parts(at.parent ?? at).length > 1 &&
    at.parent?.type === "dotted_name"
  )
    return false;
  if (/^(readline|rlcompleter|antigravity|this|__\w+__)$/.test(name) || isFacade(statement, text))
    return false;
  const lineEnd = text.indexOf("\n", statement.to);
  const isKept = /#\s*(noqa|pylint|type:|pragma)/i.test(
    text.slice(statement.from, lineEnd === -1 ? text.length : lineEnd),
  );
  return !isKept && (scope.parent !== undefined || hasOwnCode(root));
}

/** `from _io import …`: what a hidden module makes is imported so that others find it here. */
function isFacade(statement: SyntaxNode, text: string): boolean {
  const module = statement.children.find((it) => it.field === "module_name");
  return module !== undefined && /(^|\.)_\w*$/.test(text.slice(module.from, module.to));
}

/** A file that only imports does it for those who import it. */
function hasOwnCode(root: SyntaxNode): boolean {
  return parts(root).some((it) => /^(function|class|decorated)_definition$/.test(it.type));
}

/** See `SmellRules.importPart`: one name of several, else the whole statement. */
export function importPart(name: SyntaxNode): { readonly from: number; readonly to: number } | undefined {
  const statement = nearest(name, (it) => /^import(_from)?_statement$/.test(it.type));
  const names = statement?.children.filter((it) => it.field === "name") ?? [];
  const own = names.find((it) => it.from <= name.from && name.to <= it.to);
  if (!statement || !own) return undefined;
  if (names.length > 1) return withComma(own, names);
  // A row needs a statement: the last one of it stays.
  const row = statement.parent;
  return row && (row.type === "module" || parts(row).length > 1)
    ? { from: statement.from, to: statement.to }
    : undefined;
}
