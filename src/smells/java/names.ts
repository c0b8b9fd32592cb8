import type { Binding } from "../../syntax/bindings.ts";
import { ancestors, nearest, type SyntaxNode } from "../../syntax/tree.ts";
import { wordPattern } from "../../text/word-pattern.ts";
import type { Examined } from "../smell.ts";

/** See `SmellRules.isOwn`: local variables, and private members whose name stands nowhere else in the file. */
export function isOwn({ name, declarations }: Binding, { source: { text } }: Examined): boolean {
  const [at, ...more] = declarations;
  const holder = at?.parent;
  if (!at || !holder || more.length > 0) return false;
  const declaration = holder.type === "variable_declarator" ? holder.parent : holder;
  if (!declaration || isAnnotated(declaration)) return false;
  if (declaration.type === "local_variable_declaration") return true;
  if (!MEMBER.test(declaration.type) || BY_CONVENTION.test(name)) return false;
  // What a class is made of may be read by whoever its annotations are for, or by native code.
  if (ancestors(declaration).some(isAnnotated) || /\bnative\b/.test(text)) return false;
  return isPrivate(declaration, text) && count(name, text) === 1;
}

const MEMBER = /^(field|method|class|enum|record|interface)_declaration$/;
/** Java Object Serialization Specification, sections 1.5, 2.3, 3.4 and others. */
const BY_CONVENTION =
  /^(serialVersionUID|serialPersistentFields|readObject|readObjectNoData|writeObject|readResolve|writeReplace)$/;

function modifiersOf(node: SyntaxNode): SyntaxNode | undefined {
  return node.children.find((it) => it.type === "modifiers");
}

function isAnnotated(node: SyntaxNode): boolean {
  return modifiersOf(node)?.children.some((it) => /annotation/.test(it.type)) ?? false;
}

function isPrivate(node: SyntaxNode, text: string): boolean {
  const modifiers = modifiersOf(node);
  return modifiers !== undefined && /\bprivate\b/.test(text.slice(modifiers.from, modifiers.to));
}

/** See `SmellRules.isImportForUse`: the name stands in no other place, be it in documentation. */
export function isImportForUse({ name }: Binding, { source: { root, text } }: Examined): boolean {
  const imports = root.children.filter((it) => it.type === "import_declaration");
  const within = imports.reduce((sum, it) => sum + count(name, text.slice(it.from, it.to)), 0);
  return count(name, text) === within;
}

/** How often a word stands in a text. */
function count(word: string, text: string): number {
  return [...text.matchAll(wordPattern(word, "g"))].length;
}

/** See `SmellRules.importPart`. */
export function importPart(name: SyntaxNode): SyntaxNode | undefined {
  return nearest(name, (it) => it.type === "import_declaration");
}
