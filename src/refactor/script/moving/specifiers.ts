import { inField, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { absolute, baseName, extensionOf, parentOf } from "../../../text/paths.ts";
import { textOf } from "../../names.ts";
import type { Source } from "../../refactoring.ts";
import { endingOf, specifierFrom } from "./style.ts";

/** A literal that may name another file. */
export interface Specifier {
  /** The string, with its quotes. */
  readonly node: SyntaxNode;
  readonly value: string;
  /** Whether the language itself reads it: an import, an export, `import()`, `require()`; else it is some text. */
  readonly isRead: boolean;
}

/** The literals of a file that are relative paths, and the names of packages that it imports. */
export function specifiersOf(source: Source): readonly Specifier[] {
  return [...walk(source.root)].flatMap((node) => {
    if (!node.isNamed || !/^(template_)?string$/.test(node.type)) return [];
    const value = textOf(node, source).slice(1, -1);
    const isRead = node.type === "string" && isReadHere(node, source);
    const isPath = /^\.\.?(\/|$)/.test(value) && !/[\s\\$]/.test(value);
    return isRead || isPath ? [{ node, value, isRead }] : [];
  });
}

function isReadHere({ field, parent }: SyntaxNode, source: Source): boolean {
  if (!parent) return false;
  if (field === "source") return true;
  if (parent.type === "module") return field === "name";
  const call =
    parent.type === "arguments" && parent.children[1]?.type === "string" ? parent.parent : undefined;
  const callee = call?.type === "call_expression" ? inField(call, "function") : undefined;
  return (
    callee !== undefined && (callee.type === "import" || /^require(\.resolve)?$/.test(textOf(callee, source)))
  );
}

/** The specifier that means `to` in a file as `old` meant `from`: with its ending, or for its folder, where it was said so. */
export function movedSpecifier(old: string, file: string, from: string, to: string): string | undefined {
  const said = absolute(old, parentOf(file));
  if (said === parentOf(from)) {
    const isFolder = baseName(to).replace(/\.[cm]?[jt]sx?$/, "") === "index";
    return isFolder ? specifierFrom(file, parentOf(to), "own") : specifierFrom(file, to, "none");
  }
  if (said === from) return specifierFrom(file, to, "own");
  const hasEnding = /^\.[cm]?jsx?$/.test(extensionOf(said)) && endingOf(old, file) !== "none";
  return specifierFrom(file, to, hasEnding ? "script" : "none");
}
