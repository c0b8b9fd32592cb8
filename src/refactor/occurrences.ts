import type { Binding } from "../syntax/bindings.ts";
import { ancestors, contains, type SyntaxNode, walk } from "../syntax/tree.ts";
import { wordPattern } from "../text/word-pattern.ts";
import { type Refusal, refused } from "./plan.ts";
import type { Source } from "./refactoring.ts";
import { namesIn, tokensOf } from "./selection.ts";
import { isConstant, isFresh } from "./steady.ts";

/**
 * The expression and all that are equal to it, from `statement` on and within its row, in order. Refuses unless the
 * value is certain to be the same everywhere: pure, of names that are written once.
 */
export function equalTo(
  node: SyntaxNode,
  statement: SyntaxNode,
  source: Source,
): readonly SyntaxNode[] | Refusal {
  const names = namesIn(node, source);
  const isCertain = names.every((it) => it.binding && isConstant(it.binding));
  if (source.rules.effectOf(node, source) !== "pure" || !isCertain || isFresh(node, source))
    return refused(
      "extract-variable.all",
      "Whether it has the same value everywhere is not certain: it is not made of constants alone.",
      node,
    );
  const row = statement.parent ?? source.root;
  const tokens = tokensOf(node, source.text);
  const bindings = boundIn(node, source);
  const all = [...walk(row)].filter(
    (it) =>
      it.type === node.type &&
      source.rules.isExpression(it) &&
      it.from >= statement.from &&
      tokensOf(it, source.text) === tokens &&
      headOf(it, source) === headOf(node, source) &&
      boundIn(it, source).every((other, index) => other === bindings[index]) &&
      source.rules.cannotStandAlone(it, source) === undefined &&
      !isHoisted(it, row) &&
      !isInside(it, node),
  );
  if (all.length > 1 && source.rules.isTypedByPlace?.(node, source))
    return refused("extract-variable.all", "Each of them has the type that its own place asks for.", node);
  return all;
}

/** An expression of literals and all in `body` that are written like it, but for those that have a name: a constant's value. */
export function equalLiterals(
  node: SyntaxNode,
  body: SyntaxNode,
  source: Source,
  isNamed: (node: SyntaxNode) => boolean,
): readonly SyntaxNode[] {
  const tokens = tokensOf(node, source.text);
  const equal = [...walk(body)].filter(
    (it) =>
      it.type === node.type &&
      source.rules.isExpression(it) &&
      tokensOf(it, source.text) === tokens &&
      !isNamed(it) &&
      source.rules.cannotStandAlone(it, source) === undefined,
  );
  return equal.includes(node) ? equal : [node, ...equal];
}

/** What a declaration of the value begins with: in some languages the type, which may be what is expected there. */
function headOf(value: SyntaxNode, source: Source): string {
  const name = "value";
  const text = source.rules.declaration(name, value, source);
  return text.slice(0, text.search(wordPattern(name)));
}

function boundIn(node: SyntaxNode, source: Source): readonly (Binding | undefined)[] {
  return namesIn(node, source).map((it) => it.binding);
}

/** A function that is declared may be called before the row comes to the variable. */
function isHoisted(node: SyntaxNode, row: SyntaxNode): boolean {
  const around = ancestors(node);
  return around
    .slice(0, around.indexOf(row))
    .some((it) => /function_(declaration|definition)$|^local_function_statement$/.test(it.type));
}

function isInside(inner: SyntaxNode, outer: SyntaxNode): boolean {
  return inner !== outer && contains(outer, inner);
}
