import { inField, parts, type SyntaxNode } from "../tree.ts";
import type { OpenScope, ScopeBuilder } from "./builder.ts";

/** Declares the items of a row before anything in it is looked at. */
export function declareItems(row: SyntaxNode, scope: OpenScope, builder: ScopeBuilder): void {
  for (const it of parts(row)) {
    const as = ITEMS[it.type];
    const name = inField(it, "name");
    if (!as || !name) continue;
    const isPublic = it.children.some((at) => at.type === "visibility_modifier");
    builder.declare(name, scope, { ...as, isExported: isPublic });
  }
}

const ITEMS: Readonly<Record<string, Parameters<ScopeBuilder["declare"]>[2]>> = {
  function_item: { kind: "function" },
  const_item: { kind: "constant" },
  static_item: { kind: "variable", isRewritten: true },
  struct_item: { kind: "class", spaces: ["type", "value"] },
  union_item: { kind: "class", spaces: ["type"] },
  enum_item: { kind: "enum", spaces: ["type"] },
  trait_item: { kind: "type", spaces: ["type"] },
  type_item: { kind: "type", spaces: ["type"] },
  mod_item: { kind: "module", spaces: ["type"] },
};
