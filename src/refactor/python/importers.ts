import type { Binding } from "../../syntax/bindings.ts";
import { allInField, inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Imported } from "../imported.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { isModule, moduleName } from "./modules.ts";

type Growing = { [K in keyof Imported]: Imported[K][number][] };

/** What is looked for: a name that a file declares, and the files that were looked at. */
interface Wanted {
  readonly exporting: Source;
  readonly name: string;
  readonly all: readonly Source[];
}

/** See `CodeRules.isSeenByItsName`: whatever a file declares at its top. */
export function isSeenByItsName({ isExported }: Binding): boolean {
  return isExported;
}

/** See `CodeRules.importedBy`: `import m`, `from m import a`, relative ones too; a name that is only said in a text is refused. */
export function importedBy(
  other: Source,
  exporting: Source,
  name: string,
  all: readonly Source[],
): Imported | Refusal {
  const wanted = { exporting, name, all };
  const made: Growing = { bindings: [], names: [], handedOn: [] };
  for (const node of walk(other.root)) {
    const trouble = importing(node, other, wanted, made);
    if (trouble) return trouble;
  }
  return unseen(other, wanted, made) ?? made;
}

function importing(node: SyntaxNode, other: Source, wanted: Wanted, into: Growing): Refusal | undefined {
  if (node.type === "import_from_statement") return fromModule(node, other, wanted, into);
  if (node.type === "import_statement") return wholeModules(node, other, wanted, into);
  return undefined;
}

function fromModule(node: SyntaxNode, source: Source, wanted: Wanted, into: Growing): Refusal | undefined {
  const module = inField(node, "module_name");
  if (!module) return undefined;
  const said = textOf(module, source);
  const isIt = leads(said, source, wanted);
  if (typeof isIt !== "boolean") return isIt;
  if (isIt && node.children.some((it) => it.type === "wildcard_import"))
    return refused("rename.all", `"${source.path}" imports everything of the file.`);
  for (const it of allInField(node, "name")) {
    const { word, imported, local } = importedAs(it, source);
    if (isIt && word === wanted.name) {
      const binding = local === imported ? source.bindings().at(imported) : undefined;
      if (binding) into.bindings.push(binding);
      else into.names.push(imported);
    }
    const isPart = leads(`${said.replace(/\.$/, "")}.${word}`, source, wanted);
    const trouble = typeof isPart === "boolean" ? isPart && members(local, source, wanted, into) : isPart;
    if (trouble) return trouble;
  }
  return undefined;
}

function wholeModules(node: SyntaxNode, source: Source, wanted: Wanted, into: Growing): Refusal | undefined {
  for (const it of allInField(node, "name")) {
    const { word, local, isAliased } = importedAs(it, source);
    const isIt = leads(word, source, wanted);
    if (isIt === false) continue;
    if (isIt !== true) return isIt;
    if (!isAliased && word.includes("."))
      return refused("rename.dotted", `"${source.path}" imports the file by a dotted name.`);
    const trouble = members(local, source, wanted, into);
    if (trouble) return trouble;
  }
  return undefined;
}

/** What stands between `import` and the next comma: the whole name, the node of its last part, and that of the name it has here. */
function importedAs(node: SyntaxNode, source: Source) {
  const isAliased = node.type === "aliased_import";
  const name = (isAliased && inField(node, "name")) || node;
  const imported = parts(name).at(-1) ?? name;
  const local = (isAliased && inField(node, "alias")) || imported;
  return { word: textOf(name, source), imported, local, isAliased };
}

function leads(name: string, source: Source, { exporting, all }: Wanted): boolean | Refusal {
  return isModule(name, source.path, exporting.path, all);
}

/** `module.name` wherever the module's local name is used; used as a value, what is taken of it is not certain. */
function members(local: SyntaxNode, source: Source, { name }: Wanted, into: Growing): Refusal | undefined {
  const binding = source.bindings().at(local);
  if (!binding)
    return refused("rename.namespace", `How "${source.path}" imports the file is not understood.`);
  for (const { node, shape } of binding.references) {
    const { parent } = node;
    const isMember = parent?.type === "attribute" && node.field === "object";
    const member = isMember ? inField(parent, "attribute") : undefined;
    if (member && textOf(member, source) === name) into.names.push(member);
    if (!member && shape !== "text" && !isAskedForOther(node, source, name))
      return refused("rename.namespace", `"${source.path}" uses the file as a whole value.`);
  }
  return undefined;
}

/** `getattr(module, "other")`. */
function isAskedForOther(node: SyntaxNode, source: Source, name: string): boolean {
  const list = node.parent;
  const callee = list?.parent && inField(list.parent, "function");
  if (list?.type !== "argument_list" || !callee || !/^(get|has)attr$/.test(textOf(callee, source)))
    return false;
  const [first, text] = parts(list);
  const said = text && textOf(text, source);
  return first === node && /^(["'])\w*\1$/.test(said ?? "") && said?.slice(1, -1) !== name;
}

/** Ways to the name that no import shows: `package.module.name`, and texts such as those that `patch` is given. */
function unseen(other: Source, { exporting, name, all }: Wanted, made: Imported): Refusal | undefined {
  const module = moduleName(exporting.path);
  const names = new Set([module, ...all.flatMap((it) => aliasesOf(module, it))]);
  const known = new Set(made.names.map((it) => it.from));
  for (const node of walk(other.root)) {
    if (node.type === "attribute" && isReached(node, other, names, name, known))
      return refused("rename.reached", `"${other.path}" has "${textOf(node, other)}", which may be it.`);
    if (node.type === "string_content" && isSaid(node, other, module, name))
      return refused(
        "rename.said",
        `"${other.path}" has the text "${textOf(node, other)}", which may mean it.`,
      );
  }
  return undefined;
}

/** What a file calls modules of that name: others may take them from there. */
function aliasesOf(module: string, source: Source): readonly string[] {
  return [...walk(source.root)].flatMap((it) => {
    const alias = it.type === "aliased_import" ? inField(it, "alias") : undefined;
    return alias && importedAs(it, source).word.split(".").at(-1) === module ? [textOf(alias, source)] : [];
  });
}

/** `module.name`, where the module is not one of the file's own imports of it. */
function isReached(
  node: SyntaxNode,
  source: Source,
  modules: ReadonlySet<string>,
  name: string,
  known: ReadonlySet<number>,
): boolean {
  const member = inField(node, "attribute");
  if (!member || textOf(member, source) !== name || known.has(member.from)) return false;
  const object = inField(node, "object");
  const last = object?.type === "attribute" ? inField(object, "attribute") : object;
  return last !== undefined && modules.has(textOf(last, source));
}

/** "package.module.name", or the module alone where `import_module` or `sys.modules` is given it. */
function isSaid(node: SyntaxNode, source: Source, module: string, name: string): boolean {
  const text = textOf(node, source);
  if (!/^[\w.]+$/.test(text)) return false;
  if (`.${text}`.endsWith(`.${module}.${name}`)) return true;
  const taker = nearest(node, (it) => /^(call|subscript)$/.test(it.type));
  const isModule = `.${text}`.endsWith(`.${module}`);
  return (
    isModule &&
    taker !== undefined &&
    /^[\w.]*(import_module|__import__|modules)\b/.test(textOf(taker, source))
  );
}

/**
 * See `CodeRules.isHandedOn`. Whatever a file imports others may import from it: they would have to write the name, as
 * a member, in an import from elsewhere or in a text.
 */
export function isHandedOn(
  { name, isExported, scope }: Binding,
  other: Source,
  all: readonly Source[],
): boolean {
  if (scope.kind === "class") return true;
  return isExported && all.some((it) => it !== other && takesFromElsewhere(it, name));
}

function takesFromElsewhere(source: Source, name: string): boolean {
  for (const node of walk(source.root)) {
    if (node.type === "wildcard_import") return true;
    if (node.type === "string_content" && textOf(node, source).endsWith(name)) return true;
    const isMember = node.type === "attribute" && textOf(inField(node, "attribute") ?? node, source) === name;
    const isImport =
      node.type === "import_from_statement" &&
      allInField(node, "name").some((it) => importedAs(it, source).word === name);
    if (isMember || isImport) return true;
  }
  return false;
}
