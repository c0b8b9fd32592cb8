import { allInField, inField, parts, type SyntaxNode, walk } from "../syntax/tree.ts";
import { parentOf } from "../text/paths.ts";
import type { Import } from "./importers.ts";
import { textOf } from "./names.ts";
import { type Refusal, refused } from "./plan.ts";
import type { Source } from "./refactoring.ts";

type Growing = { [K in keyof Import]: Import[K][number][] };

/** See `importedBy`: `import m`, `from m import a`, relative ones too; a name that is only said in a text is refused. */
export function importersInPython(other: Source, exporting: Source, name: string): Import | Refusal {
  const made: Growing = { bindings: [], names: [], handedOn: [] };
  for (const node of walk(other.root)) {
    const trouble =
      node.type === "import_from_statement"
        ? fromModule(node, other, exporting, name, made)
        : node.type === "import_statement"
          ? wholeModules(node, other, exporting, name, made)
          : undefined;
    if (trouble) return trouble;
  }
  return made;
}

function fromModule(
  node: SyntaxNode,
  source: Source,
  exporting: Source,
  name: string,
  into: Growing,
): Refusal | undefined {
  const module = inField(node, "module_name");
  if (!module) return undefined;
  const said = textOf(module, source);
  if (node.children.some((it) => it.type === "wildcard_import"))
    return isModule(said, source.path, exporting.path)
      ? refused("rename.all", `"${source.path}" imports everything of the file.`, node)
      : undefined;
  for (const it of allInField(node, "name")) {
    const imported = it.type === "aliased_import" ? inField(it, "name") : it;
    const alias = it.type === "aliased_import" ? inField(it, "alias") : undefined;
    if (!imported) continue;
    const word = textOf(imported, source);
    const leaf = lastOf(imported);
    if (isModule(said, source.path, exporting.path) && word === name) {
      const binding = alias ? undefined : source.bindings().at(leaf);
      if (binding) into.bindings.push(binding);
      else into.names.push(leaf);
    } else if (isModule(`${said.replace(/\.$/, "")}.${word}`, source.path, exporting.path)) {
      const trouble = members(alias ? lastOf(alias) : leaf, source, name, into);
      if (trouble) return trouble;
    }
  }
  return undefined;
}

function wholeModules(
  node: SyntaxNode,
  source: Source,
  exporting: Source,
  name: string,
  into: Growing,
): Refusal | undefined {
  for (const it of allInField(node, "name")) {
    const imported = it.type === "aliased_import" ? inField(it, "name") : it;
    const alias = it.type === "aliased_import" ? inField(it, "alias") : undefined;
    if (!imported || !isModule(textOf(imported, source), source.path, exporting.path)) continue;
    if (!alias && parts(imported).length > 1)
      return refused("rename.dotted", `"${source.path}" imports the file by a dotted name.`, it);
    const trouble = members(lastOf(alias ?? imported), source, name, into);
    if (trouble) return trouble;
  }
  return undefined;
}

/** `module.name` wherever the module's local name is used; used as a value, what is taken of it is not certain. */
function members(local: SyntaxNode, source: Source, name: string, into: Growing): Refusal | undefined {
  const binding = source.bindings().at(local);
  if (!binding)
    return refused("rename.namespace", `How "${source.path}" imports the file is not understood.`, local);
  for (const { node } of binding.references) {
    const { parent } = node;
    const isMember = parent?.type === "attribute" && inField(parent, "object") === node;
    const member = isMember ? inField(parent, "attribute") : undefined;
    if (member && textOf(member, source) === name) into.names.push(member);
    if (!member && sayingName(node, source, name))
      return refused(
        "rename.namespace",
        `"${source.path}" takes "${name}" from the module by its text.`,
        node,
      );
  }
  return undefined;
}

/** `getattr(module, "name")` and the like. */
function sayingName({ parent }: SyntaxNode, source: Source, name: string): boolean {
  return parent !== undefined && textOf(parent, source).includes(name);
}

function lastOf(node: SyntaxNode): SyntaxNode {
  return [...walk(node)].findLast((it) => it.children.length === 0) ?? node;
}

/** Whether the name of a module may mean the file: its last parts are the file's. */
function isModule(name: string, from: string, path: string): boolean {
  const file = path.replace(/(\/__init__)?\.pyi?$/, "");
  const dots = /^\.+/.exec(name)?.[0].length ?? 0;
  const rest = name.slice(dots).replaceAll(".", "/");
  if (dots === 0) return file.endsWith(`/${rest}`);
  let base = parentOf(from);
  for (let up = 1; up < dots; up++) base = parentOf(base);
  return file === (rest === "" ? base : `${base}/${rest}`);
}
