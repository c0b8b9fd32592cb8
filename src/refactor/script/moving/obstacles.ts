import type { Binding, Reference } from "../../../syntax/bindings.ts";
import { contains, inField, nearest, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { baseName, extensionOf, parentOf } from "../../../text/paths.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Source } from "../../refactoring.ts";
import { isConstant } from "../../steady.ts";
import { isCommonJs, isScript } from "../importers.ts";
import { isDirective } from "./import-edits.ts";
import { loadEffect, readWhenLoaded } from "./load-effect.ts";
import { isMoved, type Move, usesLeft } from "./move.ts";
import { isTyped } from "./style.ts";
import { linksTo, namesInText } from "./users.ts";

/** What is in the way of a move in the old file or the target, whoever imports them; `undefined`: nothing. */
export function obstacle(move: Move): Refusal | undefined {
  return (
    fileTrouble(move) ??
    hiddenTrouble(move) ??
    statementTrouble(move) ??
    nameTrouble(move) ??
    writeTrouble(move)
  );
}

function fileTrouble(move: Move): Refusal | undefined {
  const { source, to, target } = move;
  const ending = extensionOf(to);
  const isOne = /^\.[cm]?[jt]sx?$/.test(ending) && isTyped(to) === isTyped(source.path);
  const kind = (path: string) => /^\.([cm]?)/.exec(extensionOf(path))?.[1] ?? "";
  if (
    !isOne ||
    kind(to) !== kind(source.path) ||
    kind(to) === "c" ||
    /\.d\.[cm]?ts$/.test(to) ||
    /\.d\.[cm]?ts$/.test(source.path)
  )
    return refused(
      "move-symbol.target",
      `"${baseName(to)}" is not of the same kind of file as "${baseName(source.path)}".`,
    );
  for (const it of target && parts(target.root).length > 0 ? [source, target] : [source])
    if (isScript(it.root) || isCommonJs(it) || parts(it.root).some(isAssigned))
      return refused(
        "move-symbol.script",
        `"${baseName(it.path)}" is no ES module: its names are not imported by name.`,
      );
  if (linksTo(source, source).length > 0 || namesInText(source, source))
    return refused("move-symbol.loaded", `"${baseName(source.path)}" imports itself.`);
  const [here, there] = [directivesOf(source), target ? directivesOf(target) : undefined];
  if (there && parts(target?.root ?? source.root).length > 0 && here.join() !== there.join())
    return refused("move-symbol.directive", "The two files have other directives at their top.");
  return undefined;
}

/** `export = …`, `import a = …` that is handed on. */
function isAssigned({ type, children }: SyntaxNode): boolean {
  return type === "export_statement" && children.some((it) => it.type === "=");
}

/** Those that mean something in a module: "use client". */
function directivesOf({ root, text }: Source): readonly string[] {
  const head = parts(root);
  const end = head.findIndex((it) => !isDirective(it));
  const directives = head
    .slice(0, end === -1 ? head.length : end)
    .map((it) => text.slice(it.from, it.to).replace(/['";]/g, ""));
  return directives.filter((it) => it !== "use strict").toSorted();
}

/** Names that nobody can see: those of enumerations and constructors are known well enough here. */
function hiddenTrouble({ source, target, bindings }: Move): Refusal | undefined {
  for (const it of target ? [source, target] : [source]) {
    const hidden = it.bindings().opaque.find(({ node }) => {
      if (/^(enum_declaration|required_parameter|optional_parameter|variable_declarator)$/.test(node.type))
        return false;
      const isNamespace = /module$/.test(node.type);
      const names = new Set(bindings.map(({ name }) => name));
      return (
        !isNamespace || [...walk(node)].some((at) => at.children.length === 0 && names.has(textOf(at, it)))
      );
    });
    if (hidden)
      return refused("move-symbol.opaque", `${hidden.why}, so who uses a name is not certain.`, hidden.node);
  }
  return undefined;
}

function statementTrouble(move: Move): Refusal | undefined {
  const { source, statements } = move;
  for (const statement of statements) {
    const effect = loadEffect(statement, source);
    if (effect !== "pure")
      return refused(
        "move-symbol.effect",
        effect === "acts"
          ? "It does something when the file is loaded, and would do it at another time."
          : "Its value is read from something that may be another at another time.",
        statement,
      );
    const changing = readWhenLoaded(statement, source).find(
      (it) => it.binding && it.binding.scope.kind === "module" && !isSteadyName(it.binding, move),
    );
    if (changing)
      return refused("move-symbol.effect", "It is made of a variable that changes.", changing.node);
    const isRead = !isTsx(source.path) && isTsx(move.to);
    const mistaken = isRead ? [...walk(statement)].find(isMistaken) : undefined;
    if (mistaken)
      return refused("move-symbol.target", "It would be read as an element in that kind of file.", mistaken);
    const bound = [...walk(statement)].find((it) => isBoundToFile(it, move));
    if (bound)
      return refused("move-symbol.bound", "It names something from the place of its own file.", bound);
  }
  return undefined;
}

function isSteadyName(binding: Binding, { source }: Move): boolean {
  return (
    /^(import|function|class|enum|module)$/.test(binding.kind) ||
    isConstant(binding) ||
    source.rules.isFunction(binding.scope.node)
  );
}

function isTsx(path: string): boolean {
  return extensionOf(path) === ".tsx";
}

/** `<T>value`, `<T>(a: T) => a` (TypeScript, "JSX": the `as` operator). */
function isMistaken({ type, children }: SyntaxNode): boolean {
  return (
    type === "type_assertion" ||
    (type === "arrow_function" && children.some((it) => it.type === "type_parameters"))
  );
}

/** What means something else in another file, or in one of another folder. */
function isBoundToFile(node: SyntaxNode, { source, to }: Move): boolean {
  if (node.type === "identifier" && /^__(filename|dirname)$/.test(textOf(node, source)))
    return source.bindings().at(node) === undefined;
  if (!node.isNamed || !/^(import|meta_property)$/.test(node.type)) return false;
  const { parent } = node;
  const given = parent?.type === "call_expression" ? inField(parent, "arguments")?.children[1] : undefined;
  if (given) return parentOf(source.path) !== parentOf(to) && !/^["'][^.]/.test(textOf(given, source));
  // Bundlers put the same `import.meta.env` in every file.
  const whole = node.type === "import" ? parent : node;
  return (
    whole !== undefined &&
    !/^\s*\.env\b/.test(source.text.slice(whole.to)) &&
    textOf(whole, source) !== "new.target"
  );
}

/** A thing that is declared in several places, or a name of two things, is moved whole. */
function nameTrouble(move: Move): Refusal | undefined {
  const { source, bindings } = move;
  const { root } = source.bindings();
  for (const it of bindings) {
    const left = it.declarations.find((at) => !isMoved(at, move));
    const other = (["value", "type"] as const)
      .map((space) => root.bindings.get(`${space} ${it.name}`))
      .find((at) => at && !bindings.includes(at));
    if (left || other)
      return refused(
        "move-symbol.apart",
        `"${it.name}" is declared in another place of the file, too.`,
        left ?? other?.declarations[0],
      );
    if (it.references.some(({ node }) => isDefaultDeclaration(node)))
      return refused(
        "move-symbol.default",
        `"${it.name}" is what the file exports as its default.`,
        it.declarations[0],
      );
  }
  return undefined;
}

/** `export default name`: later imports of the default would be of another file's. */
function isDefaultDeclaration({ parent }: SyntaxNode): boolean {
  return parent?.type === "export_statement" && parent.children.some((it) => it.type === "default");
}

/** An import cannot be given a value, nor members that its type does not have. */
function writeTrouble(move: Move): Refusal | undefined {
  const { source, bindings } = move;
  const writes = (it: Reference) => it.access !== "read" || isMemberGiven(it.node);
  for (const it of bindings) {
    const written = usesLeft(it, move).find(writes);
    if (written)
      return refused(
        "move-symbol.assigned",
        `"${it.name}" is given a value by what stays, and an import cannot be.`,
        written.node,
      );
  }
  const inside = source
    .bindings()
    .references.find(
      (it) =>
        isMoved(it.node, move) &&
        it.access !== "read" &&
        it.binding?.scope.kind === "module" &&
        !bindings.includes(it.binding),
    );
  return (
    inside &&
    refused(
      "move-symbol.assigned",
      `"${textOf(inside.node, source)}" stays and is given a value by what is moved, and an import cannot be.`,
      inside.node,
    )
  );
}

/** `f.member = …`, with which TypeScript declares a member of a function. */
function isMemberGiven(node: SyntaxNode): boolean {
  const member = nearest(
    node.parent,
    (it) => !/^(member|subscript)_expression$/.test(it.type) || it.field === "left",
  );
  return (
    member !== undefined &&
    /^(member|subscript)_expression$/.test(member.type) &&
    member.field === "left" &&
    contains(member, node) &&
    /assignment/.test(member.parent?.type ?? "") &&
    member.children[0] === node
  );
}
