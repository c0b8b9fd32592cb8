import type { Reference } from "../syntax/bindings.ts";
import { contains, isComment, type SyntaxNode, walk } from "../syntax/tree.ts";
import type { Source } from "./refactoring.ts";
import { actsIn, functionAround, namesIn } from "./selection.ts";
import { isConstant, isFresh, isGivenInTurns } from "./steady.ts";

/**
 * Whether an expression has one value from just before `statement` on, whenever and however often it is evaluated: it is
 * made of literals and of names that have their only value there already.
 */
export function isLasting(node: SyntaxNode, statement: SyntaxNode, source: Source): boolean {
  if (source.rules.effectOf(node, source) !== "pure") return false;
  if (isFresh(node, source) && !isFixedElement(node)) return false;
  // Another function around it would have another one.
  if ([...walk(node)].some((it) => OWN.test(it.type))) return false;
  // A name that is declared has no value of its own.
  if (source.bindings().all.some((it) => it.declarations.some((at) => contains(node, at)))) return false;
  return namesIn(node, source).every((it) => hasItsValue(it, statement, source));
}

/** `<br />`: nobody tells one from another, or changes it. */
function isFixedElement(node: SyntaxNode): boolean {
  return node.type.startsWith("jsx_") && ![...walk(node)].some((it) => it.type === "jsx_expression");
}

const OWN = /^(this|super|meta_property)$/;

function hasItsValue({ binding, space }: Reference, statement: SyntaxNode, source: Source): boolean {
  if (!binding || !contains(binding.scope.node, statement)) return false;
  if (space === "type") return true;
  const [declaration] = binding.declarations;
  // Who imports a name sees it change.
  if (!declaration || binding.kind === "import") return false;
  if (!isConstant(binding) || isGivenInTurns(binding, source)) return false;
  if (declaration.to > statement.from) return false;
  // A function around may be called before what stands outside of it has run; its parameters have their values.
  return (
    binding.kind === "parameter" || functionAround(declaration, source) === functionAround(statement, source)
  );
}

/**
 * Before which statement of its row something must be put to be there before any of `statement` runs: a function that
 * is declared may be called by those above it.
 */
export function firstReached(statement: SyntaxNode, source: Source): SyntaxNode {
  if (!HOISTED.test(statement.type) && !statement.children.some((it) => HOISTED.test(it.type)))
    return statement;
  const row = statement.parent?.children.filter((it) => it.isNamed && !isComment(it)) ?? [];
  return row.slice(0, row.indexOf(statement)).find((it) => actsIn(it, source)) ?? statement;
}

const HOISTED = /function_declaration$/;
