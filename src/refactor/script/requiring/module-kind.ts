import type { Binding } from "../../../syntax/bindings.ts";
import { inField, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { isClear, textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Place, Source } from "../../refactoring.ts";
import { actsIn, trimmed } from "../../selection.ts";
import { isConstant } from "../../steady.ts";
import { quoted } from "../importers.ts";
import { isTyped } from "../moving/style.ts";

/** "module": an ES module by what stands in it; "assigning": TypeScript with `import a = require()`, made into calls of `require`. */
export type ModuleKind = "module" | "assigning";

/** What kind of module a file is for certain; refused where an import would make it one of another kind. */
export function kindOf(source: Source, id: string): ModuleKind | Refusal {
  const { root, path } = source;
  if (isTyped(path)) {
    const isAssigning = root.children.some(
      (it) =>
        it.children.some((at) => at.type === "import_require_clause") ||
        (it.type === "export_statement" && it.children.some((at) => at.type === "=")),
    );
    return isAssigning || /\.cts$/.test(path)
      ? "assigning"
      : refused(`${id}.kind`, "Whether its imports become calls of require is not to be seen in the file.");
  }
  return root.children.some((it) => /^(import|export)_statement$/.test(it.type))
    ? "module"
    : refused(
        `${id}.kind`,
        "The file is no ES module by what else stands in it, and is loaded in another way.",
      );
}

/** How a module of JavaScript comes by `require`: Node's own way (the statement that makes it), or from who puts files together. */
export function requireIn(source: Source, id: string): SyntaxNode | "given" | Refusal {
  const uses = source.bindings().references.filter((it) => textOf(it.node, source) === "require");
  const declared = source.bindings().root.bindings.get("value require");
  if (!declared) {
    const isNode = /\.mjs$/.test(source.path);
    return isNode || !uses.some((it) => isCalledAlways(it.node, source))
      ? refused(`${id}.require`, "Whether the file has a require is not certain.")
      : "given";
  }
  return isMadeByNode(declared, source)
    ? (declared.declarations[0]?.parent?.parent ?? source.root)
    : refused(`${id}.require`, "The file has a require of its own.", declared.declarations[0]);
}

/** Whether it is called when the file is loaded, whatever happens. */
function isCalledAlways({ field, parent }: SyntaxNode, { root }: Source): boolean {
  const holder = parent?.type === "call_expression" && field === "function" ? parent.parent : undefined;
  const statement = holder?.type === "variable_declarator" ? holder.parent : holder;
  return /^(expression_statement|\w+_declaration)$/.test(statement?.type ?? "") && statement?.parent === root;
}

/** `const require = createRequire(import.meta.url)` (Node.js, "module.createRequire"). */
function isMadeByNode(binding: Binding, source: Source): boolean {
  const declarator = binding.declarations[0]?.parent;
  const value = declarator?.type === "variable_declarator" ? inField(declarator, "value") : undefined;
  const callee = value?.type === "call_expression" ? inField(value, "function") : undefined;
  const maker = callee?.type === "identifier" ? source.bindings().at(callee) : undefined;
  const from = maker?.declarations[0] && statementOf(maker.declarations[0], source);
  return (
    isConstant(binding) &&
    declarator?.parent?.parent === source.root &&
    parts(declarator.parent).length === 1 &&
    /\(\s*import\.meta\.url\s*\)$/.test(value ? textOf(value, source) : "") &&
    from?.type === "import_statement" &&
    /^(node:)?module$/.test(quoted(inField(from, "source"), source) ?? "")
  );
}

/** The statement at the top of the file around a node. */
export function statementOf(node: SyntaxNode, { root }: Source): SyntaxNode | undefined {
  return root.children.find((it) => it.from <= node.from && node.to <= it.to);
}

/** Those at the top of the file that are selected; at a cursor the one around it. */
export function statementsAt(place: Place): readonly SyntaxNode[] {
  const { from, to } = trimmed(place);
  return parts(place.source.root).filter((it) =>
    from === to ? it.from <= from && from <= it.to : it.from < to && from < it.to,
  );
}

/** The text of a module's name that is loaded by `require` in a declaration, and the declarator. */
export function requiredIn(statement: SyntaxNode, source: Source) {
  if (!/^(lexical|variable)_declaration$/.test(statement.type)) return undefined;
  const [declarator, ...more] = parts(statement);
  const value = declarator?.type === "variable_declarator" ? inField(declarator, "value") : undefined;
  const callee = value?.type === "call_expression" ? inField(value, "function") : undefined;
  const list = value && inField(value, "arguments");
  const [given, ...others] = list ? parts(list) : [];
  const specifier = quoted(given, source);
  const isRequire = callee?.type === "identifier" && textOf(callee, source) === "require";
  return declarator && given && specifier !== undefined && isRequire && more.length + others.length === 0
    ? { declarator, given, specifier }
    : undefined;
}

/** Why something may run before a statement that would find the module loaded, or not loaded, otherwise; `undefined`: nothing does. */
export function runsBefore(statement: SyntaxNode, source: Source, id: string): Refusal | undefined {
  const made = source.bindings().root.bindings.get("value require");
  const before = parts(source.root).filter((it) => it.to <= statement.from);
  const acting = before.find(
    (it) =>
      it.type !== "import_statement" &&
      !requiredIn(it, source) &&
      !(made && it === statementOf(made.declarations[0] ?? source.root, source)) &&
      actsIn(it, source),
  );
  return acting && refused(`${id}.order`, "What stands before it runs before it.", acting);
}

/** Why what a name stands for may be something else at another time: it is given values, seen by `eval`, or its module is exchanged. */
export function mayBeOther(
  bindings: readonly (Binding | undefined)[],
  specifier: string,
  source: Source,
  id: string,
): Refusal | undefined {
  for (const it of bindings) {
    const hidden = it && isClear(it, source);
    if (hidden) return hidden;
    if (!it || !isConstant(it))
      return refused(`${id}.written`, "A name in it is declared, or given a value, more than once.");
  }
  const bare = specifier.replace(/^node:/, "");
  const exchanged = [...walk(source.root)].find(
    (it) =>
      it.type === "string" &&
      quoted(it, source)?.replace(/^node:/, "") === bare &&
      it.parent?.type === "arguments" &&
      textOf(it.parent.parent ?? it, source).search(/^(require|import)\b/) === -1,
  );
  return (
    exchanged && refused(`${id}.exchanged`, `A call names "${specifier}", and may exchange it.`, exchanged)
  );
}
