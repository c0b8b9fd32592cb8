import { parts, type SyntaxNode } from "../../syntax/tree.ts";
import { type Declaring, splittingBy } from "../declaring.ts";
import type { Source } from "../refactoring.ts";

/** Declarations of Java. */
export const splitting = splittingBy(declaringOf);

/** Of a method or a class; `var` declares one only, and annotations are left. */
function declaringOf(whole: SyntaxNode, { text }: Source): Declaring | undefined {
  const isLocal = whole.type === "local_variable_declaration" && whole.field !== "init";
  if (!isLocal && whole.type !== "field_declaration") return undefined;
  const declarators = parts(whole).filter((it) => it.type === "variable_declarator");
  const [first] = declarators;
  const head = first && text.slice(whole.from, first.from);
  if (head === undefined || !/^[^@\n/]*\s$/.test(head) || /\bvar\s$/.test(head)) return undefined;
  return { whole, declarators, head: head.replace(/\s+/g, " "), end: ";" };
}
