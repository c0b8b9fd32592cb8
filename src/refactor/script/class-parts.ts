import { inField, nearest, type SyntaxNode, walk } from "../../syntax/tree.ts";
import { textOf } from "../names.ts";
import type { Source } from "../refactoring.ts";

/** Whether a part of a class is a field. */
export function isField({ type }: SyntaxNode): boolean {
  return type === "public_field_definition" || type === "field_definition";
}

/** A member's name as it is written; "" where it has none, as an index signature. */
export function memberName(member: SyntaxNode, source: Source): string {
  const name = inField(member, "name") ?? inField(member, "property");
  return name ? textOf(name, source) : "";
}

/** Whether a sign or keyword is a child of the node. */
export function has(node: SyntaxNode, sign: string): boolean {
  return node.children.some((it) => it.type === sign);
}

/** Whether one of such words stands in the member's head. */
export function hasWord(member: SyntaxNode, word: RegExp, source: Source): boolean {
  return member.children.some((it) => it.field === undefined && word.test(textOf(it, source)));
}

/** A decorator of the class that is, or goes around, the node, or of one of its members. */
export function decoratorIn(node: SyntaxNode): SyntaxNode | undefined {
  const around = nearest(node, (it) => /^(abstract_)?class(_declaration)?$/.test(it.type));
  const whole = around?.parent?.type === "export_statement" ? around.parent : around;
  return whole && [...walk(whole)].find((it) => it.type === "decorator");
}

/** A field called `get` or the like, without an end: the language reads it as a word of the member in the next line, the grammar does not. */
export function misreadIn(body: SyntaxNode, { text }: Source): SyntaxNode | undefined {
  return body.children.find(
    (it) =>
      isField(it) &&
      /(^|\s)(get|set|static|async|accessor)$/.test(text.slice(it.from, it.to)) &&
      !/^\s*[;}]/.test(text.slice(it.to)),
  );
}
