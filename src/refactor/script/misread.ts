import { parts, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { Source } from "../refactoring.ts";

/**
 * A template that begins a statement behind one without an end: the language takes both for one call (ECMA-262, section
 * 12.10, "Automatic Semicolon Insertion"), the grammar does not.
 */
export function misread({ root, text }: Source): SyntaxNode | undefined {
  if (!/^\s*`/m.test(text)) return undefined;
  const isOpen = (it: SyntaxNode | undefined) =>
    it !== undefined && OPEN.test(it.type) && text.charAt(it.to - 1) !== ";";
  for (const block of walk(root)) {
    const all = parts(block);
    const found = all.find(
      (it, at) => it.type === "expression_statement" && begins(it) && isOpen(all[at - 1]),
    );
    if (found) return found;
  }
  return undefined;
}

/** Statements that end where the line does, without a sign. */
const OPEN = /^(expression|return|throw)_statement$|^(lexical|variable)_declaration$|^export_statement$/;

function begins(node: SyntaxNode): boolean {
  if (node.type === "template_string") return true;
  const [first] = node.children;
  return first !== undefined && first.from === node.from && begins(first);
}
