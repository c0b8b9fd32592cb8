import { withComma } from "../../refactor/with-comma.ts";
import type { Binding } from "../../syntax/bindings.ts";
import { inField, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import { baseName } from "../../text/paths.ts";
import type { Examined } from "../smell.ts";

/** See `SmellRules.isOwn`: what stands at the top of a file, or in a class, is there for others, too. */
export function isOwn({ kind, declarations, scope, name }: Binding): boolean {
  if (scope.kind !== "function" || declarations.length > 1 || /^__\w+__$/.test(name)) return false;
  const [at] = declarations;
  const holder = at?.parent;
  if (!at || !holder) return false;
  switch (holder.type) {
    case "function_definition":
      return kind === "function" && holder.parent?.type !== "decorated_definition";
    case "class_definition":
      // What a class is made from hears of it.
      return (
        kind === "class" && holder.parent?.type !== "decorated_definition" && !inField(holder, "superclasses")
      );
    case "assignment":
      // Several targets, loops and `with` name for the form.
      return kind === "variable" && at.field === "left" && holder.parent?.type === "expression_statement";
    default:
      return false;
  }
}

/** See `SmellRules.isImportForUse`: an import that may fail is a question, and some modules act by being imported. */
export function isImportForUse({ name, declarations, scope }: Binding, { source }: Examined): boolean {
  const [at, ...more] = declarations;
  const statement = at && nearest(at, (it) => /^import(_from)?_statement$/.test(it.type));
  if (!statement || more.length > 0 || scope.kind === "class" || isForOthers(source)) return false;
  if (/^(readline|rlcompleter|antigravity|this|__\w+__)$/.test(name)) return false;
  if (nearest(statement, (it) => it.type === "try_statement")) return false;
  return !isHandedOn(at, source.text) && !isFacade(statement, source.text) && !isKept(statement, source.text);
}

/** Packages, files of types and such that only import do it for those who import them. */
function isForOthers({ path, root }: Examined["source"]): boolean {
  const hasOwnCode = parts(root).some((it) => /^(function|class|decorated)_definition$/.test(it.type));
  return !hasOwnCode || path.endsWith(".pyi") || /^(__init__|_?compat|_?shim\w*)\.py$/.test(baseName(path));
}

/** `import a as a` says that it is for others; `import a.b` makes `b` a member of `a` for everybody. */
function isHandedOn(at: SyntaxNode, text: string): boolean {
  const { parent } = at;
  const named = parent?.type === "aliased_import" ? inField(parent, "name") : undefined;
  if (named) return text.slice(named.from, named.to) === text.slice(at.from, at.to);
  return parent?.type === "dotted_name" && parts(parent).length > 1;
}

/** Whether a comment in its line says something to a checker. */
function isKept(statement: SyntaxNode, text: string): boolean {
  const end = text.indexOf("\n", statement.to);
  return /#\s*(noqa|pylint|type:|pragma)/i.test(text.slice(statement.from, end === -1 ? text.length : end));
}

/** `from _io import …`: what a hidden module makes is imported so that others find it here. */
function isFacade(statement: SyntaxNode, text: string): boolean {
  const module = statement.children.find((it) => it.field === "module_name");
  return module !== undefined && /(^|\.)_\w*$/.test(text.slice(module.from, module.to));
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
