import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import { type Declaring, splittingBy } from "../declaring.ts";
import type { Source } from "../refactoring.ts";
import { isRow } from "../selection.ts";

/** Declarations of JavaScript and TypeScript. */
export const splitting = splittingBy(declaringOf);

function declaringOf(node: SyntaxNode, { text }: Source): Declaring | undefined {
  const list = inField(node, "declaration") ?? node;
  if (!/^(lexical|variable)_declaration$/.test(list.type)) return undefined;
  const whole = list.parent?.type === "export_statement" ? list.parent : list;
  const declarators = list.children.filter((it) => it.type === "variable_declarator");
  const first = declarators[0];
  if (!first || !whole.parent || !isRow(whole.parent)) return undefined;
  const head = text.slice(whole.from, first.from);
  return /^(export )?(let|const|var) $/.test(head.replace(/\s+/g, " "))
    ? {
        whole,
        declarators,
        head: head.replace(/\s+/g, " "),
        end: text.charAt(whole.to - 1) === ";" ? ";" : "",
      }
    : undefined;
}
