import type { Binding } from "../../syntax/bindings.ts";
import { allInField, inField, nearest, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { absolute, baseName, parentOf } from "../../text/paths.ts";
import type { Imported } from "../imported.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";

/** Endings that a specifier may leave out; the first of them is none. */
export const ENDINGS = ["", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

type Growing = { [K in keyof Imported]: Imported[K][number][] };

/** See `CodeRules.isSeenByItsName`: a default export and a list of exports give it another; scripts share their names. */
export function isSeenByItsName({ isExported, declarations, references, scope }: Binding): boolean {
  if (scope.kind === "module" && isScript(scope.node)) return true;
  if (!isExported || references.some((it) => it.shape === "export-specifier")) return false;
  return declarations.some((it) => {
    const statement = nearest(it, (at) => at.type === "export_statement");
    return statement !== undefined && !statement.children.some((at) => at.type === "default");
  });
}

/** See `CodeRules.importedBy`: ES modules with relative specifiers; other ways to the file are refused where they might be one. */
export function importedBy(other: Source, exporting: Source, name: string): Imported | Refusal {
  const made: Growing = { bindings: [], names: [], handedOn: [] };
  const isShared = isScript(exporting.root) && !isCommonJs(exporting);
  const used = other.bindings().references.find((it) => !it.binding && textOf(it.node, other) === name);
  if (isShared && used)
    return refused("rename.global", `"${other.path}" uses a "${name}" of no file, which may be this one.`);
  for (const node of walk(other.root)) {
    const from = specifierOf(node, other);
    if (from === undefined) continue;
    if (!from.startsWith(".") && !from.startsWith("node:") && namesIt(node, other, name))
      return refused(
        "rename.package",
        `"${other.path}" takes "${name}" from "${from}", and whether that leads to the file is not certain.`,
      );
    if (!leadsTo(from, other.path, exporting.path)) continue;
    const trouble = taken(node, other, name, made);
    if (trouble) return trouble;
  }
  return made;
}

/** Whether the file is no module, so that what it declares at its top all scripts of a page see (HTML, "Scripting"). */
export function isScript(root: SyntaxNode): boolean {
  return !root.children.some((it) => MODULE.test(it.type));
}

const MODULE = /^(import_statement|export_statement|hash_bang_line)$/;

/** Whether it is one of the modules of Node, whose names are their own (Node.js, "CommonJS modules"). */
export function isCommonJs(source: Source): boolean {
  return source
    .bindings()
    .references.some((it) => !it.binding && /^(require|module|exports)$/.test(textOf(it.node, source)));
}

/** Whether all scripts of a page see what the file declares at its top, for it is a module of no kind. */
export function isSharedScript(source: Source): boolean {
  return isScript(source.root) && !isCommonJs(source) && !/\.[cm][jt]s$/.test(source.path);
}

/** The module that a statement or a call names; `undefined`: none. */
export function specifierOf(node: SyntaxNode, source: Source): string | undefined {
  if (node.type === "import_statement" || node.type === "export_statement")
    return quoted(inField(node, "source"), source);
  if (node.type === "module") return quoted(inField(node, "name"), source);
  if (node.type !== "call_expression") return undefined;
  const callee = inField(node, "function");
  const isLoading = callee?.type === "import" || (callee && textOf(callee, source) === "require");
  return isLoading ? quoted(inField(node, "arguments")?.children[1], source) : undefined;
}

/** A literal's text without its quotes; `undefined`: it is none. */
export function quoted(node: SyntaxNode | undefined, source: Source): string | undefined {
  return node?.type === "string" ? textOf(node, source).slice(1, -1) : undefined;
}

/** Whether an import or export lists the name. */
function namesIt(node: SyntaxNode, source: Source, name: string): boolean {
  return [...walk(node)].some(
    (it) =>
      /^(import|export)_specifier$/.test(it.type) &&
      allInField(it, "name").some((at) => textOf(at, source) === name),
  );
}

/** Whether a relative specifier means the file. */
export function leadsTo(specifier: string, from: string, path: string): boolean {
  const bare = (it: string) => it.replace(/\.[cm]?[jt]sx?$/, "");
  if (!specifier.startsWith(".")) return false;
  const target = absolute(specifier, parentOf(from));
  return [target, `${target}/index`].some(
    (it) => ENDINGS.some((ending) => it + ending === path) || bare(it) === bare(path),
  );
}

/** Whether a specifier that is not relative may mean the file: `"@/lib/a"` and `/p/lib/a.ts`, a package's file or an alias for one. */
export function mayMean(specifier: string, path: string): boolean {
  const bare = (it: string) => it.replace(/\.[cm]?[jt]sx?$/, "");
  const last = bare(specifier.slice(specifier.lastIndexOf("/") + 1));
  const own = bare(baseName(path));
  return last === own || (own === "index" && last === baseName(parentOf(path)));
}

function taken(node: SyntaxNode, source: Source, name: string, into: Growing): Refusal | undefined {
  if (node.type === "call_expression")
    return refused(
      "rename.loaded",
      `"${source.path}" loads the file by a call, and what it takes of it is not certain.`,
    );
  if (node.type === "module")
    return refused("rename.augmented", `"${source.path}" adds to what the file declares.`);
  for (const part of walk(node)) {
    if (part.type === "import_specifier" || part.type === "export_specifier")
      specified(part, source, name, into);
    if (part.type === "namespace_import" || part.type === "namespace_export") {
      const trouble = throughNamespace(part, source, name, into);
      if (trouble) return trouble;
    }
  }
  if (node.type === "export_statement" && node.children.some((it) => it.type === "*"))
    return refused(
      "rename.all",
      `"${source.path}" exports everything of the file, and who uses that was not looked at.`,
    );
  return undefined;
}

function specified(part: SyntaxNode, source: Source, name: string, into: Growing): void {
  const [imported] = allInField(part, "name");
  if (!imported || textOf(imported, source) !== name) return;
  const alias = inField(part, "alias");
  if (alias) into.names.push(imported);
  else if (part.type === "export_specifier") into.handedOn.push(imported);
  else {
    const binding = source.bindings().at(imported);
    if (binding) into.bindings.push(binding);
  }
}

/** `import * as all`: members of it that have the name; used as a whole, what is taken of it is not certain. */
export function throughNamespace(
  part: SyntaxNode,
  source: Source,
  name: string,
  into: Growing,
): Refusal | undefined {
  const local = part.children.find((it) => it.type === "identifier");
  const binding = local && source.bindings().at(local);
  if (!binding) return refused("rename.namespace", `"${source.path}" hands the whole file on.`, part);
  for (const { node } of binding.references) {
    const { parent } = node;
    const member =
      parent?.type === "member_expression" ? inField(parent, "property") : memberOfType(parent, node);
    if (!member) return refused("rename.namespace", `"${source.path}" uses the file as a whole value.`);
    if (textOf(member, source) === name) into.names.push(member);
  }
  return undefined;
}

/** `all.Name` as a type. */
function memberOfType(parent: SyntaxNode | undefined, node: SyntaxNode): SyntaxNode | undefined {
  if (parent?.type !== "nested_type_identifier" && parent?.type !== "nested_identifier") return undefined;
  return parent.children.find((it) => it.isNamed && it.from > node.to);
}
