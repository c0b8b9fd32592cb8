import type { Reference } from "../../../syntax/bindings.ts";
import { inField, nearest, parts, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { textOf } from "../../names.ts";
import type { Source } from "../../refactoring.ts";
import { isType } from "../effects.ts";
import { quoted } from "../importers.ts";

/** An import, or an export of what another module has (ECMA-262, sections 16.2.2 and 16.2.3). */
export interface Link {
  readonly statement: SyntaxNode;
  readonly isExport: boolean;
  /** `import type`, `export type`. */
  readonly isType: boolean;
  /** Without its quotes. */
  readonly specifier: string;
  /** `export * from`. */
  readonly isAll: boolean;
  readonly names: readonly LinkedName[];
  /** What stands behind the specifier, as `with { type: "json" }`. */
  readonly attributes: string;
}

/** One name of a link. */
export interface LinkedName {
  /** The specifier or, of a default import, the name. */
  readonly node: SyntaxNode;
  readonly kind: "named" | "default" | "namespace";
  /** What it is in the other module: its name, "default" or "*". */
  readonly imported: string;
  /** What it is here, or for those who import it from here. */
  readonly local: string;
  /** `import { type A }`, or of a link that is. */
  readonly isType: boolean;
}

/** The links of a file, in order. */
export function linksOf(source: Source): readonly Link[] {
  const known = told.get(source.root) ?? source.root.children.flatMap((it) => linkAt(it, source) ?? []);
  told.set(source.root, known);
  return known;
}

/** By the root of a tree, so that a link is one and the same whoever asks. */
const told = new WeakMap<SyntaxNode, readonly Link[]>();

function linkAt(statement: SyntaxNode, source: Source): Link | undefined {
  if (!/^(import|export)_statement$/.test(statement.type)) return undefined;
  const at = inField(statement, "source");
  const specifier = quoted(at, source);
  if (!at || specifier === undefined) return undefined;
  const isExport = statement.type === "export_statement";
  const isTypeOnly = statement.children.some((it) => it.type === "type");
  const clause = statement.children.find((it) =>
    /^(import_clause|export_clause|namespace_export)$/.test(it.type),
  );
  const names = clause ? namesOf(clause, source, isTypeOnly) : [];
  const isAll = isExport && clause === undefined;
  const attributes = source.text.slice(at.to, statement.to).replace(/;\s*$/, "").trim();
  return { statement, isExport, isType: isTypeOnly, specifier, isAll, names, attributes };
}

function namesOf(clause: SyntaxNode, source: Source, isTypeOnly: boolean): readonly LinkedName[] {
  if (clause.type === "namespace_export") return [namespaceOf(clause, source, isTypeOnly)];
  return parts(clause).flatMap((node): readonly LinkedName[] => {
    if (node.type === "identifier") {
      const local = textOf(node, source);
      return [{ node, kind: "default", imported: "default", local, isType: isTypeOnly }];
    }
    if (node.type === "namespace_import") return [namespaceOf(node, source, isTypeOnly)];
    if (node.type === "named_imports") return namesOf(node, source, isTypeOnly);
    const [name, alias] = [inField(node, "name"), inField(node, "alias")];
    if (!name) return [];
    const imported = textOf(name, source);
    const isTypeToo = isTypeOnly || node.children.some((it) => it.type === "type");
    return [
      { node, kind: "named", imported, local: alias ? textOf(alias, source) : imported, isType: isTypeToo },
    ];
  });
}

function namespaceOf(node: SyntaxNode, source: Source, isTypeOnly: boolean): LinkedName {
  const local = node.children.find((it) => it.type === "identifier");
  return {
    node,
    kind: "namespace",
    imported: "*",
    local: local ? textOf(local, source) : "",
    isType: isTypeOnly,
  };
}

/** Whether anything in the file is decorated. */
export function hasDecorators({ root }: Source): boolean {
  const known = decorated.get(root) ?? [...walk(root)].some((it) => it.type === "decorator");
  decorated.set(root, known);
  return known;
}

const decorated = new WeakMap<SyntaxNode, boolean>();

/** Whether a name is used for its type only: what is imported for that is erased. */
export function isTypeUse({ space, node }: Reference): boolean {
  if (space === "type") return true;
  const around = nearest(
    node.parent,
    (it) => isType(it) || /_statement$|_declaration$|^program$/.test(it.type),
  );
  return around !== undefined && isType(around);
}
