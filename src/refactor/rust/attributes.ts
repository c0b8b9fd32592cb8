import { ancestors, type SyntaxNode } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";
import { isFunction } from "./places.ts";

/** The texts of the attributes before a statement, an item, a parameter or a field, the last first. */
export function attributesOf(node: SyntaxNode, source: Source): readonly string[] {
  const row = node.parent?.children.filter((it) => it.isNamed) ?? [];
  const found: string[] = [];
  for (let at = row.indexOf(node) - 1; ABOVE.test(row[at]?.type ?? ""); at--)
    if (row[at]?.type === "attribute_item") found.push(textOf(row[at] ?? node, source));
  return found;
}

const ABOVE = /^(attribute_item|line_comment|block_comment)$/;

/** Whether a node is there only under a condition of compilation within its function (The Rust Reference, "Conditional compilation"). */
export function isConditional(node: SyntaxNode, source: Source): boolean {
  const around = ancestors(node);
  const end = around.findIndex(isFunction);
  const within = [node, ...(end === -1 ? around : around.slice(0, end))];
  return within.some((it) => attributesOf(it, source).some((text) => /\bcfg(_attr)?\b/.test(text)));
}
