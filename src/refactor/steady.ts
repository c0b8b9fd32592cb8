import type { Binding, Reference } from "../syntax/bindings.ts";
import { contains, nearest, type SyntaxNode, walk } from "../syntax/tree.ts";
import type { Source } from "./refactoring.ts";
import { functionAround, namesIn } from "./selection.ts";

/** Whether the binding has one value from its declaration on, as far as its own name goes. */
export function isConstant({ declarations, references }: Binding): boolean {
  return declarations.length === 1 && references.every((it) => it.access === "read");
}

/** Uses of the binding that give it another value, and what declares it anew. */
export function writesOf({ declarations, references }: Binding): readonly SyntaxNode[] {
  return [...declarations.slice(1), ...references.filter((it) => it.access !== "read").map((it) => it.node)];
}

/**
 * Whether the name has one value while `statement` runs, whatever else runs meanwhile: it is written by its own function
 * only, so not by what that calls, and not in the statement. A name that this file does not declare is taken for one
 * that nobody changes (`console`, `Math`).
 */
export function isSteadyDuring(use: Reference, statement: SyntaxNode, source: Source): boolean {
  const { binding } = use;
  if (!binding || source.rules.isFixed?.(use, statement, source)) return true;
  const [declaration] = binding.declarations;
  const home = functionAround(declaration ?? binding.scope.node, source);
  // `(n := 1)` declares n in the midst of a statement.
  const isGivenHere =
    declaration && contains(statement, declaration) && !contains(statement, binding.scope.node);
  if (isGivenHere) return false;
  return writesOf(binding).every((it) => !contains(statement, it) && functionAround(it, source) === home);
}

/** Whether an expression has the same value at any moment of the statement: nothing it reads changes meanwhile. */
export function isSteady(node: SyntaxNode, statement: SyntaxNode, source: Source): boolean {
  if (isCalleeMember(node)) return namesIn(node, source).every((it) => isSteadyDuring(it, statement, source));
  if (source.rules.effectOf(node, source) !== "pure") return false;
  return namesIn(node, source).every((it) => isSteadyDuring(it, statement, source));
}

/** `console.log` in `console.log(x)`: methods are not exchanged while their arguments are evaluated. */
function isCalleeMember({ field, type, children }: SyntaxNode): boolean {
  const isMember = type === "member_expression" || type === "attribute";
  return field === "function" && isMember && children.every((it) => it.children.length === 0);
}

/** The loops and functions around a node, up to the file, nearest first. */
export function repeatersAround(node: SyntaxNode, source: Source): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (
    let at = nearest(node.parent, (it) => isRepeater(it, source));
    at;
    at = nearest(at.parent, (it) => isRepeater(it, source))
  )
    found.push(at);
  return found;
}

function isRepeater(node: SyntaxNode, { rules }: Source): boolean {
  return (
    rules.isFunction(node) ||
    /^(for|enhanced_for|while|do|loop)_|_comprehension$|generator_expression/.test(node.type)
  );
}

/** Whether the expression makes a new thing each time it is evaluated. */
export function isFresh(value: SyntaxNode, source: Source): boolean {
  const isOperated = (it: SyntaxNode) =>
    /^(binary|unary)_operator$/.test(it.type) && source.rules.effectOf(it, source) !== "pure";
  return [...walk(value)].some((it) => it.isNamed && (FRESH.test(it.type) || isOperated(it)));
}

const FRESH =
  /^(object|array|object_creation_expression|array_creation_expression|array_initializer|lambda_expression|method_reference|function|function_expression|arrow_function|generator_function|class|regex|new_expression|list|dictionary|set|lambda|jsx_\w+|.*comprehension|generator_expression|composite_literal|func_literal|(closure|struct|array)_expression|macro_invocation)$/;

/** Whether a loop gives the name a value in each turn, and all turns share it: functions made there see the last one. */
export function isGivenInTurns({ declarations: [declaration], scope }: Binding, source: Source): boolean {
  return (
    declaration !== undefined &&
    repeatersAround(declaration, source).some(
      (it) => !source.rules.isFunction(it) && !contains(it, scope.node) && contains(scope.node, it),
    )
  );
}
