import type { Binding, Reference } from "../../../syntax/bindings.ts";
import { inField, isComment, nearest, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { absolute, baseName, parentOf } from "../../../text/paths.ts";
import { textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Source } from "../../refactoring.ts";
import { leadsTo } from "../importers.ts";
import type { Wanted } from "./import-edits.ts";
import { isTypeUse, type Link, type LinkedName, linksOf } from "./links.ts";
import { declarationOf, isDefault } from "./movable.ts";
import { isMoved, type Move } from "./move.ts";
import { type ImportStyle, specifierFrom } from "./style.ts";

/** What the moved code needs where it comes to. */
export interface Needs {
  /** To be imported there; what comes from the old file last, so that the rest is loaded before it. */
  readonly wanted: readonly Wanted[];
  /** Statements of the old file whose names are to be exported from now on. */
  readonly exported: readonly SyntaxNode[];
  /** Imports of the old file that only the moved code used. */
  readonly unused: readonly LinkedName[];
}

/** `style`: of the target. */
export function needsOf(move: Move, style: ImportStyle): Needs | Refusal {
  const { source, bindings } = move;
  const links = linksOf(source);
  const uses = new Map<Binding, Reference[]>();
  for (const it of source.bindings().references) {
    const { binding } = it;
    if (!isMoved(it.node, move) || isEnumMember(it.node, move)) continue;
    if (!binding) {
      const taken = takenBy(textOf(it.node, source), move);
      if (taken) return taken;
    } else if (binding.scope.kind === "module" && !bindings.includes(binding))
      uses.set(binding, [...(uses.get(binding) ?? []), it]);
  }
  const pragma = pragmaOf(move, links, uses);
  if (pragma) return pragma;
  const needs: Need[] = [];
  for (const [binding, all] of uses) {
    const need = needOf(binding, all, links, move, style);
    if ("code" in need) return need;
    needs.push(need);
  }
  return {
    wanted: needs.toSorted((a, b) => a.rank - b.rank).flatMap((it) => it.wanted ?? []),
    exported: [...new Set(needs.flatMap((it) => it.exported ?? []))],
    unused: [...uses.keys()]
      .filter((it) => isUnusedThen(it, move))
      .flatMap((it) => importedAs(it, links)?.name ?? []),
  };
}

/** How a name of the old file that stays there, or is imported, is to be had in the target. */
function needOf(
  binding: Binding,
  uses: readonly Reference[],
  links: readonly Link[],
  move: Move,
  style: ImportStyle,
): Need | Refusal {
  const from = importedAs(binding, links);
  if (from) return fromElsewhere(binding, from, move);
  return binding.kind === "import" ? required(binding) : fromHome(binding, uses, move, style);
}

interface Need {
  /** Where its import belongs among the others. */
  readonly rank: number;
  readonly wanted?: Wanted;
  readonly exported?: readonly SyntaxNode[];
}

/** In an enumeration its own members come first. */
function isEnumMember(node: SyntaxNode, { source }: Move): boolean {
  const around = nearest(node, (it) => it.type === "enum_declaration");
  const body = around && inField(around, "body");
  const members =
    body?.children.map((it) => (it.type === "enum_assignment" ? inField(it, "name") : it)) ?? [];
  return members.some((it) => it !== undefined && it !== node && textOf(it, source) === textOf(node, source));
}

/** A name of no file must not come to be one of the target. */
function takenBy(name: string, { target, to }: Move): Refusal | undefined {
  const there = target?.bindings().root.bindings;
  return there?.has(`value ${name}`) || there?.has(`type ${name}`)
    ? refused("move-symbol.captured", `"${name}" means something else in "${baseName(to)}".`)
    : undefined;
}

interface From {
  readonly link: Link;
  readonly name: LinkedName;
}

function importedAs(binding: Binding, links: readonly Link[]): From | undefined {
  if (binding.kind !== "import") return undefined;
  for (const link of links.filter((it) => !it.isExport))
    for (const name of link.names) if (name.local === binding.name) return { link, name };
  return undefined;
}

function required({ name, declarations }: Binding): Refusal {
  return refused("move-symbol.required", `How "${name}" is imported is not followed.`, declarations[0]);
}

/** What is written as JSX calls a function that is named nowhere in it (React, "JSX Without JSX"). */
function pragmaOf(
  { source, statements }: Move,
  links: readonly Link[],
  uses: Map<Binding, Reference[]>,
): Refusal | undefined {
  const isJsx = (it: SyntaxNode) => /^jsx_(element|self_closing_element|fragment)$/.test(it.type);
  if (!statements.some((it) => [...walk(it)].some(isJsx))) return undefined;
  if (/@jsx/.test(source.text))
    return refused("move-symbol.jsx", "A comment of the file says what its JSX means.");
  const react = source.bindings().root.bindings.get("value React");
  if (react && importedAs(react, links) && !uses.has(react)) uses.set(react, []);
  return undefined;
}

/** Whether an import is of no use any more to what stays. */
function isUnusedThen({ name, references, kind }: Binding, move: Move): boolean {
  if (kind !== "import") return false;
  const { root } = move.source;
  const isJsxLeft =
    name === "React" && [...walk(root)].some((it) => /^jsx_/.test(it.type) && !isMoved(it, move));
  return !isJsxLeft && references.every((it) => isMoved(it.node, move));
}

function fromElsewhere({ name: local }: Binding, { link, name }: From, move: Move): Need | Refusal {
  const { source, target, to } = move;
  const rank = name.node.from;
  const isRelative = link.specifier.startsWith(".");
  if (isTold(link.statement, source))
    return refused("move-symbol.comment", `A comment is about the import of "${local}".`, link.statement);
  if (isRelative && leadsTo(link.specifier, source.path, to)) {
    const own = target?.bindings().root.bindings;
    const there = own?.get(`value ${local}`) ?? own?.get(`type ${local}`);
    if (name.kind === "named" && name.imported === local && there?.isExported && there.kind !== "import")
      return { rank };
    return refused(
      "move-symbol.self",
      `"${local}" comes from "${baseName(to)}" itself, and not by that name.`,
    );
  }
  const specifier = isRelative ? moved(link.specifier, move) : link.specifier;
  if (specifier === undefined)
    return refused("move-symbol.path", `There is no way from "${to}" to what "${local}" is imported from.`);
  const wanted = { ...name, specifier, isExport: false, attributes: link.attributes };
  return unlessTaken({ rank, wanted }, move);
}

/** Whether a comment right above tells a tool what to think of a statement. */
function isTold(statement: SyntaxNode, { root, text }: Source): boolean {
  const above = root.children[root.children.indexOf(statement) - 1];
  return (
    above !== undefined &&
    isComment(above) &&
    /@ts-|-ignore|-next-line/.test(text.slice(above.from, above.to))
  );
}

/** A relative specifier of the old file as the target has to write it. */
function moved(specifier: string, { source, to }: Move): string | undefined {
  if (parentOf(source.path) === parentOf(to)) return specifier;
  return specifierFrom(to, absolute(specifier, parentOf(source.path)), "own");
}

function fromHome(
  binding: Binding,
  uses: readonly Reference[],
  move: Move,
  style: ImportStyle,
): Need | Refusal {
  const { source, to } = move;
  const specifier = specifierFrom(to, source.path, style.ending);
  const declaration = binding.declarations[0];
  const statement =
    declaration && source.root.children.find((it) => it.from <= declaration.from && declaration.to <= it.to);
  if (specifier === undefined || !statement)
    return refused("move-symbol.path", `There is no way from "${to}" to the old file.`);
  const there = exportedAs(binding, statement, move);
  const kind = there === "default" ? "default" : "named";
  const isType = binding.spaces.every((it) => it === "type") || uses.every(isTypeUse);
  const imported = there ?? binding.name;
  const wanted = {
    specifier,
    isExport: false,
    kind,
    imported,
    local: binding.name,
    isType: isType && !style.isPlain,
    attributes: "",
  } as const;
  const need = unlessTaken({ rank: Number.POSITIVE_INFINITY, wanted }, move);
  if ("code" in need || there !== undefined) return need;
  const exported = source.root.children.filter((at) =>
    binding.declarations.some((it) => at.from <= it.from && it.to <= at.to),
  );
  if (!exported.every(mayBeExported) || hasExport(source, binding.name))
    return refused(
      "move-symbol.kind",
      `"${binding.name}" stays, and it cannot be exported where it is.`,
      statement,
    );
  return { ...need, exported };
}

/** What is declared for something outside, or is made by a decorator, is not. */
function mayBeExported({ type, children }: SyntaxNode): boolean {
  const isDeclared = /declaration$|^function_signature$/.test(type) && type !== "ambient_declaration";
  return isDeclared && !children.some((it) => it.type === "decorator");
}

/** Whether a list of the file exports something by that name. */
export function hasExport(file: Source, name: string): boolean {
  const lists = file.root.children.filter((it) => it.type === "export_statement");
  return lists
    .flatMap((it) => [...walk(it, (at) => !/^(export_|namespace_export)/.test(at.type))])
    .some((it) => {
      const said = /^(export_specifier|namespace_export)$/.test(it.type)
        ? it.children.findLast((at) => at.isNamed)
        : undefined;
      return said !== undefined && textOf(said, file) === name;
    });
}

/** What others can import it as; `undefined`: nothing yet. */
function exportedAs(binding: Binding, statement: SyntaxNode, { source }: Move): string | undefined {
  if (isDefault(statement)) return "default";
  if (declarationOf(statement) !== statement) return binding.name;
  for (const { node } of binding.references) {
    const specifier = node.parent?.type === "export_specifier" ? node.parent : undefined;
    const alias = specifier && inField(specifier, "alias");
    if (specifier) return alias ? textOf(alias, source) : binding.name;
    if (node.parent && isDefault(node.parent)) return "default";
  }
  return undefined;
}

/** The need, or nothing to import if the target has just that, or a refusal if the name is something else there. */
function unlessTaken(need: Need & { readonly wanted: Wanted }, move: Move): Need | Refusal {
  const { target, to } = move;
  const { local, imported, specifier, isType } = need.wanted;
  const own = target?.bindings();
  const there = own && (own.root.bindings.get(`value ${local}`) ?? own.root.bindings.get(`type ${local}`));
  if (there && target) {
    const from = importedAs(there, linksOf(target));
    const isSame = from?.name.imported === imported && isSameModule(from.link.specifier, specifier, to);
    if (isSame && (isType || !from.name.isType)) return { rank: need.rank };
    return refused(
      "move-symbol.taken",
      `"${local}" stands for something else in "${baseName(to)}".`,
      there.declarations[0],
    );
  }
  const stray = target && own?.references.find((it) => !it.binding && textOf(it.node, target) === local);
  if (stray) return refused("move-symbol.captured", `"${local}" means something else in "${baseName(to)}".`);
  return need;
}

/** Whether two specifiers in a file mean the same module. */
export function isSameModule(a: string, b: string, path: string): boolean {
  if (!a.startsWith(".") || !b.startsWith(".")) return a === b;
  return leadsTo(a, path, absolute(b, parentOf(path))) || leadsTo(b, path, absolute(a, parentOf(path)));
}
