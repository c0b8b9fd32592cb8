import type { Reference } from "../syntax/bindings.ts";
import { contains, isComment, type SyntaxNode, walk } from "../syntax/tree.ts";
import type { Source } from "./refactoring.ts";
import { actsIn, functionAround, isRow, namesIn } from "./selection.ts";
import { isConstant, isFresh, isGivenInTurns } from "./steady.ts";

/**
 * Whether an expression has one value from just before `statement` on, whenever and however often it is evaluated: it is
 * made of literals and of names that have their only value there already.
 */
export function isLasting(node: SyntaxNode, statement: SyntaxNode, source: Source): boolean {
  if (source.rules.effectOf(node, source) !== "pure") return false;
  if ((isFresh(node, source) && !isFixedElement(node)) || source.rules.mayFail?.(node, source)) return false;
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
  if (declaration.to > statement.from || !isSurelyReached(declaration, statement)) return false;
  // A function around may be called before what stands outside of it has run; its parameters have their values.
  const home = functionAround(declaration, source);
  return binding.kind === "parameter" ? !isAliased(home, source) : home === functionAround(statement, source);
}

/** Whether what declares a name before a statement has run when that does: it is in no branch, loop or case beside it. */
function isSurelyReached(declaration: SyntaxNode, statement: SyntaxNode): boolean {
  for (let at = declaration; at.parent && !contains(at, statement); at = at.parent) {
    if (BRANCHES.test(at.type)) return false;
    if (isRow(at.parent) && contains(at.parent, statement)) return true;
  }
  return true;
}

const BRANCHES =
  /^((if|for|for_in|for_each|enhanced_for|while|do|try|try_with_resources|with|switch|match|labeled)_statement|switch_expression|(elif|else|except|finally|case|catch)_clause|switch_(case|default))$/;

/** `arguments[0] = 1` gives the first parameter a value. */
function isAliased(home: SyntaxNode | undefined, source: Source): boolean {
  return (
    home !== undefined &&
    source
      .bindings()
      .references.some(
        ({ node, binding }) =>
          !binding && contains(home, node) && source.text.slice(node.from, node.to) === "arguments",
      )
  );
}

/**
 * Before which statement of its row something must be put to be there before any of `statement` runs: a function that
 * is declared may be called by those above it.
 */
export function firstReached(statement: SyntaxNode, source: Source): SyntaxNode {
  if (!isHoisted(statement)) return statement;
  const row = statement.parent?.children.filter((it) => it.isNamed && !isComment(it)) ?? [];
  const before = row.slice(0, row.indexOf(statement));
  // Modules that are imported have run before anything else does.
  return before.find((it) => it.type !== "import_statement" && actsIn(it, source)) ?? statement;
}

function isHoisted({ type, children }: SyntaxNode): boolean {
  if (/function_declaration$|^local_function_statement$/.test(type)) return true;
  if (type === "export_statement")
    return children.some((it) => isHoisted(it) || it.type === "function_expression");
  return type === "labeled_statement" && children.some(isHoisted);
}
