import type { Binding } from "../../../syntax/bindings.ts";
import { type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { baseName } from "../../../text/paths.ts";
import { textOf } from "../../names.ts";
import { type FilePlan, type Refusal, refused } from "../../plan.ts";
import type { Source } from "../../refactoring.ts";
import { isSeenByItsName, leadsTo, specifierOf, throughNamespace } from "../importers.ts";
import { importEdits, type Wanted } from "./import-edits.ts";
import { type Link, type LinkedName, linksOf } from "./links.ts";
import type { Move } from "./move.ts";
import { hasExport, isSameModule } from "./needs.ts";
import { endingOf, specifierFrom, styleOf } from "./style.ts";

/** What of the moved names other files may import from the old file. */
export function seenOf({ bindings }: Move): readonly Binding[] {
  return bindings.filter((it) => it.isExported && isSeenByItsName(it));
}

/** The changes to the files, but for the old one and the target, that import what is moved. */
export function usersOf(move: Move): readonly FilePlan[] | Refusal {
  const files: FilePlan[] = [];
  for (const file of move.all) {
    if (file === move.source || file === move.target) continue;
    const changes = changesIn(file, move);
    if ("code" in changes) return changes;
    if (changes.length > 0)
      files.push({
        path: file.path,
        before: file.text,
        changes: changes.toSorted((a, b) => a.from - b.from),
      });
  }
  return files;
}

function changesIn(file: Source, move: Move) {
  const hidden = hiddenUse(file, move);
  if (hidden) return hidden;
  const gone: LinkedName[] = [];
  const wanted: Wanted[] = [];
  for (const link of linksTo(move.source, file)) {
    const found = takenBy(link, file, move);
    if ("code" in found) return found;
    gone.push(...found.gone);
    wanted.push(...found.wanted);
  }
  const isSame = (a: string, b: string) => isSameModule(a, b, file.path);
  const style = styleOf([file, move.source, ...move.all]);
  return importEdits(file, { gone, wanted, isSame }, style);
}

/** Links of a file to another one. */
export function linksTo(other: Source, file: Source): readonly Link[] {
  return linksOf(file).filter((it) => leadsTo(it.specifier, file.path, other.path));
}

/** A use of the moved names that cannot be followed; `undefined`: there is none. */
export function hiddenUse(file: Source, move: Move): Refusal | undefined {
  const { source } = move;
  const seen = seenOf(move).map((it) => it.name);
  if (seen.length === 0) return undefined;
  const links = linksOf(file);
  const aside = links.find(
    ({ specifier, names }) =>
      !/^(\.|node:)/.test(specifier) && names.some((it) => it.kind === "named" && seen.includes(it.imported)),
  );
  if (aside)
    return refused(
      "move-symbol.package",
      `"${baseName(file.path)}" takes a moved name from "${aside.specifier}", and whether that leads to the file is not certain.`,
    );
  return namesInText(source, file)
    ? refused(
        "move-symbol.loaded",
        `"${baseName(file.path)}" names the file in a text, and what it takes of it is not certain.`,
      )
    : undefined;
}

/** Whether a file names another one, but in its imports and exports: to load it later, or instead of it something else. */
export function namesInText(other: Source, file: Source): boolean {
  return saidIn(file).some((it) => leadsTo(it, file.path, other.path));
}

/** Relative paths in a file, but for those of its imports and exports. */
function saidIn(file: Source): readonly string[] {
  const known = said.get(file.root);
  if (known) return known;
  const links = new Set(linksOf(file).map((it) => it.statement));
  const found = [...walk(file.root)].flatMap((it) => {
    const isLink = links.has(it) || (it.parent !== undefined && links.has(it.parent));
    return (isLink ? undefined : (specifierOf(it, file) ?? pathIn(it, file))) ?? [];
  });
  const all = [...new Set(found)].filter((it) => it.startsWith("."));
  said.set(file.root, all);
  return all;
}

/** By the root of a tree, as a file is asked about again. */
const said = new WeakMap<SyntaxNode, readonly string[]>();

/** A text that is a relative path, as those of `vi.mock("./a")`. */
function pathIn(node: SyntaxNode, file: Source): string | undefined {
  const text = node.isNamed && /^(template_)?string$/.test(node.type) ? textOf(node, file).slice(1, -1) : "";
  return /^\.\.?\//.test(text) ? text : undefined;
}

/** What a link to the old file takes of what is moved, and how it is to be taken. */
function takenBy(link: Link, file: Source, move: Move) {
  const seen = seenOf(move);
  const gone: LinkedName[] = [];
  const wanted: Wanted[] = [];
  const ending = endingOf(link.specifier, file.path) ?? styleOf([file, move.source, ...move.all]).ending;
  const specifier = specifierFrom(file.path, move.to, ending);
  if (specifier === undefined)
    return refused("move-symbol.path", `There is no way from "${file.path}" to "${move.to}".`);
  const { isExport, attributes, statement: behind } = link;
  for (const name of link.names) {
    const through = name.kind === "namespace" ? throughAll(name, file, seen) : undefined;
    if (through) return through;
    if (name.kind !== "named" || !seen.some((it) => it.name === name.imported)) continue;
    gone.push(name);
    wanted.push({ ...name, specifier, isExport, attributes, behind });
  }
  if (!link.isAll) return { gone, wanted };
  const handed = handedOn(file, move, seen);
  if ("code" in handed) return handed;
  const more = handed.map((it): Wanted => {
    const isType = link.isType || it.spaces.every((space) => space === "type");
    return {
      specifier,
      isExport,
      kind: "named",
      imported: it.name,
      local: it.name,
      isType,
      attributes,
      behind,
    };
  });
  return { gone, wanted: [...wanted, ...more] };
}

/** `import * as all`, when one of the names may be taken through it. */
export function throughAll(name: LinkedName, file: Source, seen: readonly Binding[]): Refusal | undefined {
  for (const it of seen) {
    const found = { bindings: [], names: [], handedOn: [] };
    const trouble = throughNamespace(name.node, file, it.name, found);
    if (trouble || found.names.length > 0)
      return refused(
        "move-symbol.namespace",
        trouble
          ? `"${baseName(file.path)}" uses the file as a whole, and what it takes of it is not certain.`
          : `"${baseName(file.path)}" uses "${it.name}" as a member of the whole file.`,
      );
  }
  return undefined;
}

/** `export * from` the old file: what has to be exported by its name then. */
function handedOn(
  file: Source,
  { all, to, source, target }: Move,
  seen: readonly Binding[],
): readonly Binding[] | Refusal {
  const stars = linksOf(file).filter((it) => it.isAll);
  if (stars.some((it) => leadsTo(it.specifier, file.path, to))) return [];
  const missing = seen.filter((it) => !exportsByName(file, it.name));
  const isTwice = missing.some(
    ({ name }) =>
      stars.some((it) => !it.specifier.startsWith(".")) ||
      all.some((it) => it !== file && it !== source && it !== target && exportsByName(it, name)),
  );
  return stars.length > 1 && isTwice
    ? refused(
        "move-symbol.all",
        `"${baseName(file.path)}" exports all of several files, which may have the same name.`,
      )
    : missing;
}

/** Whether a file exports the name by saying it. */
export function exportsByName(file: Source, name: string): boolean {
  const { root } = file.bindings();
  const isOwn = [root.bindings.get(`value ${name}`), root.bindings.get(`type ${name}`)].some(
    (it) => it?.isExported,
  );
  return isOwn || hasExport(file, name);
}

/** Whether a name that a file exports from now on comes to be seen where it was not, or hides another. */
export function newlySeen(
  path: string,
  names: readonly string[],
  { all, source, to }: Move,
): Refusal | undefined {
  if (names.length === 0) return undefined;
  for (const file of all) {
    const links = linksOf(file).filter((it) => leadsTo(it.specifier, file.path, path));
    const isWhole = links.some((it) =>
      it.names.some(
        (name) =>
          name.kind === "namespace" &&
          throughNamespace(name.node, file, "", { bindings: [], names: [], handedOn: [] }),
      ),
    );
    if (isWhole)
      return refused(
        "move-symbol.namespace",
        `"${baseName(file.path)}" uses "${baseName(path)}" as a whole, which would have more in it.`,
      );
    const stars = linksOf(file).filter((it) => it.isAll);
    const isOne = file.path === path ? stars.length > 0 : stars.length > 1 && links.some((it) => it.isAll);
    if (!isOne) continue;
    const others = all.filter((it) => it !== file && it !== source && it.path !== to);
    const isTwice =
      stars.some((it) => !it.specifier.startsWith(".")) ||
      others.some((it) => names.some((name) => exportsByName(it, name)));
    if (isTwice)
      return refused(
        "move-symbol.all",
        `"${baseName(file.path)}" exports all of other files, which may have the same name.`,
      );
  }
  return undefined;
}

/** What is told where nobody imports a name that can be imported: frameworks take such from a file by its place. */
export function unimported({ all, source, ...move }: Move): readonly string[] {
  const links = all.flatMap((file) =>
    linksOf(file).filter((it) => leadsTo(it.specifier, file.path, source.path)),
  );
  const isTaken = (name: string) =>
    links.some((it) => it.isAll || it.names.some(({ imported }) => imported === name));
  const lonely = seenOf({ all, source, ...move }).filter(
    (it) => it.spaces.includes("value") && !isTaken(it.name),
  );
  return lonely.map(
    (it) =>
      `No file was found that imports "${it.name}": what takes it from "${baseName(source.path)}" in another way, as frameworks do, will not find it there.`,
  );
}
