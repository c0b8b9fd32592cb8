import { parts, type SyntaxNode } from "../../syntax/tree.ts";
import { type Declaring, splittingBy } from "../declaring.ts";
import type { Source } from "../refactoring.ts";

/** Declarations of C#. */
export const splitting = splittingBy(declaringOf);

/** Of a method or a class; `var` declares one only, attributes and other names of a variable are left. */
function declaringOf(whole: SyntaxNode, { text }: Source): Declaring | undefined {
  if (!/^(local_declaration_statement|field_declaration)$/.test(whole.type)) return undefined;
  const list = whole.children.find((it) => it.type === "variable_declaration");
  const declarators = list ? parts(list).filter((it) => it.type === "variable_declarator") : [];
  const [first] = declarators;
  const head = first && text.slice(whole.from, first.from);
  if (head === undefined || !/^[^[\n/#][^\n/#]*\s$/.test(head) || /\b(var|ref|fixed)\s/.test(head))
    return undefined;
  return { whole, declarators, head: head.replace(/\s+/g, " "), end: ";" };
}
