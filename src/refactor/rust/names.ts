import type { Binding } from "../../syntax/bindings.ts";
import { walk } from "../../syntax/tree.ts";
import type { Imported } from "../imported.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { attributesOf, isConditional } from "./attributes.ts";

/** See `CodeRules.isSeenByItsName`: what others may use is refused as a whole. */
export function isSeenByItsName(): boolean {
  return false;
}

/** See `CodeRules.importedBy`: what other files may use is not changed. */
export function importedBy(): Imported {
  return { bindings: [], names: [], handedOn: [] };
}

/** See `CodeRules.isHandedOn`. */
export function isHandedOn(): boolean {
  return false;
}

/** See `CodeRules.cannotRename`: an item is seen in its module and all within, which may be other files (The Rust Reference, "Visibility and privacy"). */
export function cannotRename(binding: Binding, source: Source): Refusal | undefined {
  const { kind, scope, isExported, declarations, name } = binding;
  const [at] = declarations;
  if (isExported) return refused("rename.public", `"${name}" may be used outside of its module.`, at);
  if (kind === "module") return refused("rename.module", "A module may be a file of that name.", at);
  if (name.startsWith("r#"))
    return refused("rename.raw", `"${name}" may stand in other places without its sign.`, at);
  if (name === "main" && !scope.parent) return refused("rename.entry", "The program begins with it.", at);
  if (/^(class|enum|type)$/.test(kind) && isShown(binding, source))
    return refused("rename.derived", `What is derived for "${name}" may show its name.`, at);
  const namesakes = source.bindings().all.filter((it) => it.name === name);
  if (
    namesakes.length > 1 &&
    namesakes.some((it) => it.declarations.some((name) => isConditional(name, source)))
  )
    return refused("rename.conditional", `What "${name}" is depends on how the program is compiled.`, at);
  const isItem = scope.kind === "module";
  const elsewhere = [...walk(source.root)].find(
    (it) => it.type === "mod_item" && !it.children.some((at) => at.type === "declaration_list"),
  );
  return isItem && elsewhere
    ? refused("rename.module", "A module in another file may use it.", elsewhere)
    : undefined;
}

/** Traits of the library whose code does not have the name of the type. */
const SILENT = /^(Clone|Copy|PartialEq|Eq|PartialOrd|Ord|Hash|Default)$/;

function isShown({ declarations: [name] }: Binding, source: Source): boolean {
  const item = name?.parent;
  if (!item || !/_item$/.test(item.type)) return false;
  return attributesOf(item, source).some((text) => {
    const [, list] = /^#\[\s*derive\s*\(([^)]*)\)/.exec(text) ?? [];
    return list?.split(",").some((it) => it.trim() !== "" && !SILENT.test(it.trim())) ?? false;
  });
}
