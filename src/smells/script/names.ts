import { withComma } from "../../refactor/with-comma.ts";
import type { Binding } from "../../syntax/bindings.ts";
import { nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Examined } from "../smell.ts";

/** See `SmellRules.isOwn`: names at the top of a script that is no module are those of the page. */
export function isOwn({ kind, declarations, scope, isExported }: Binding, { source }: Examined): boolean {
  const { root, path } = source;
  if (isExported || /\.d\.[cm]?ts$/.test(path)) return false;
  if (!scope.parent && !root.children.some((it) => /^(import|export)_statement$/.test(it.type))) return false;
  const holders = declarations.map((it) => it.parent);
  if (kind === "function" || kind === "class")
    return holders.every(
      (it) => it !== undefined && DECLARED.test(it.type) && !isDecorated(it) && !isAmbient(it),
    );
  if (kind !== "variable" && kind !== "constant") return false;
  // What a pattern takes apart, a loop or a `catch` gives is named for the form.
  return holders.every((it, index) => {
    return it?.type === "variable_declarator" && declarations[index]?.field === "name" && !isAmbient(it);
  });
}

const DECLARED =
  /^(function_declaration|generator_function_declaration|class_declaration|abstract_class_declaration)$/;

function isDecorated(node: SyntaxNode): boolean {
  return node.children.some((it) => it.type === "decorator");
}

function isAmbient(node: SyntaxNode): boolean {
  return nearest(node, (it) => /^(ambient_declaration|internal_module|module)$/.test(it.type)) !== undefined;
}

/** See `SmellRules.isImportForUse`: JSX is turned into calls of names that are not written. */
export function isImportForUse(
  { name, declarations: [at], isExported }: Binding,
  { source }: Examined,
): boolean {
  // JavaScript may hold JSX under any ending.
  const mayBeJsx = /^(tsx|javascript)$/.test(source.language);
  if (isExported || (mayBeJsx && FOR_JSX.test(name))) return false;
  return (
    at !== undefined &&
    !/\.d\.[cm]?ts$/.test(source.path) &&
    nearest(at, (it) => it.type === "import_statement") !== undefined
  );
}

const FOR_JSX = /^(React|h|Fragment|jsx|createElement|preact)$/;

/** See `SmellRules.importPart`: one name of several, else the whole statement. */
export function importPart(name: SyntaxNode): { readonly from: number; readonly to: number } | undefined {
  const statement = nearest(name, (it) => it.type === "import_statement");
  const clause = statement?.children.find((it) => it.type === "import_clause");
  if (!statement || !clause) return undefined;
  const kinds = parts(clause);
  const holder = kinds.find((it) => it.from <= name.from && name.to <= it.to);
  const specifiers = holder?.type === "named_imports" ? parts(holder) : [];
  const own = specifiers.find((it) => it.from <= name.from && name.to <= it.to);
  if (own && specifiers.length > 1) return withComma(own, specifiers);
  if (kinds.length === 1) return { from: statement.from, to: statement.to };
  return holder && withComma(holder, kinds);
}
