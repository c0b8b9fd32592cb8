import type { Binding } from "../../syntax/bindings.ts";
import { inField, nearest, parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { baseName, parentOf } from "../../text/paths.ts";
import type { Imported } from "../imported.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";

/** See `CodeRules.isSeenByItsName`: what stands at the top belongs to all files of the package. */
export function isSeenByItsName({ isExported }: Binding): boolean {
  return isExported;
}

/** The files of a package lie in one folder and say its name (The Go Programming Language Specification, "Packages"). */
export function isOfOnePackage(a: Source, b: Source): boolean {
  return parentOf(a.path) === parentOf(b.path) && packageOf(a) === packageOf(b);
}

function packageOf(source: Source): string | undefined {
  const clause = source.root.children.find((it) => it.type === "package_clause");
  const [name] = clause ? parts(clause) : [];
  return name && textOf(name, source);
}

/** See `CodeRules.importedBy`. Within the package by its name alone; whatever another package may do with it is refused. */
export function importedBy(other: Source, exporting: Source, name: string): Imported | Refusal {
  if (!isOfOnePackage(other, exporting)) return fromOutside(other, name);
  const bindings = other.bindings();
  const twice = bindings.root.bindings.get(`value ${name}`);
  if (twice?.kind === "import")
    return refused("rename.twice", `In "${other.path}" the name "${name}" stands for an import.`);
  if (twice) return refused("rename.twice", `"${other.path}" declares "${name}", too.`);
  const hidden = bindings.opaque.find((it) => it.names === undefined || it.names.has(name));
  if (hidden) return refused("rename.unseen", `In "${other.path}" ${hidden.why}.`);
  const uses = bindings.references.filter((it) => !it.binding && textOf(it.node, other) === name);
  const field = uses.find((it) => isEmbedded(it.node));
  if (field) return refused("rename.field", `In "${other.path}" "${name}" gives a field its name.`);
  return { bindings: [], names: uses.map((it) => it.node), handedOn: [] };
}

/** Names with a small letter are seen in their package only. */
function fromOutside(other: Source, name: string): Imported | Refusal {
  const none = { bindings: [], names: [], handedOn: [] };
  if (!/^\p{Lu}/u.test(name)) return none;
  const uses = [...walk(other.root)].some(
    (it) => /(^|_)identifier$/.test(it.type) && textOf(it, other) === name,
  );
  return uses ? refused("rename.outside", `"${other.path}", of another package, has the name, too.`) : none;
}

/** A type that stands in a struct without a name is a field, by its own name. */
function isEmbedded(node: SyntaxNode): boolean {
  const field = nearest(node, (it) => /^(field_declaration|constraint_elem|type_arguments)$/.test(it.type));
  return field?.type === "field_declaration" && inField(field, "name") === undefined;
}

/** See `CodeRules.isHandedOn`: nobody imports from an import. */
export function isHandedOn(): boolean {
  return false;
}

/** See `CodeRules.cannotRename`: names that are called from outside of the program, and types that give fields their names. */
export function cannotRename(binding: Binding, source: Source): Refusal | undefined {
  const { name, references, kind, isExported, declarations } = binding;
  const [at] = declarations;
  if (isExported && name === "main" && packageOf(source) === "main")
    return refused("rename.entry", "The program begins with it.", at);
  const isTest = baseName(source.path).endsWith("_test.go") && /^(Test|Benchmark|Example|Fuzz)/.test(name);
  if (isExported && kind === "function" && isTest)
    return refused("rename.entry", "Tests are called by their names.", at);
  const field = references.find((it) => isEmbedded(it.node));
  return field && refused("rename.field", `"${name}" gives a field its name here.`, field.node);
}
