import type { Binding } from "../syntax/bindings.ts";
import { contains, nearest, parts, type SyntaxNode, walk } from "../syntax/tree.ts";
import type { Declared } from "./code-rules.ts";
import { evaluatedBefore, lazyWithin } from "./order.ts";
import { type Refusal, refused } from "./plan.ts";
import type { Source } from "./refactoring.ts";
import { actsIn, functionAround, isRow, namesIn } from "./selection.ts";
import { isConstant, isFresh, isGivenInTurns, isSteady, repeatersAround, writesOf } from "./steady.ts";

/** What has a meaning of its own in each function: it cannot be taken into another. */
const BOUND_TO_FUNCTION = /^(this|super|await(_expression)?|yield(_expression)?|meta_property)$/;

/** Whether the names in `value` mean something else at `use`. */
export function isCaptured(value: SyntaxNode, use: SyntaxNode, source: Source): Refusal | undefined {
  const bindings = source.bindings();
  const other = namesIn(value, source).find((it) => {
    const name = source.text.slice(it.node.from, it.node.to);
    return !isOwn(it.binding, value) && bindings.resolve(name, it.space, use.from) !== it.binding;
  });
  if (other)
    return refused("inline.captured", "A name in its value means something else where it is used.", use);
  if (functionAround(value, source) === functionAround(use, source)) return undefined;
  const bound = [...walk(value, (it) => it.type === "function_expression")].some(
    (it) => BOUND_TO_FUNCTION.test(it.type) || /^(arguments|super)$/.test(source.text.slice(it.from, it.to)),
  );
  return bound
    ? refused(
        "inline.function",
        "Its value belongs to the function in which it stands, and a use is in another.",
        use,
      )
    : undefined;
}

/** Declared within the value, as a parameter of a function in it. */
function isOwn(binding: Binding | undefined, value: SyntaxNode): boolean {
  return binding !== undefined && contains(value, binding.scope.node);
}

/** Whether evaluating the value at `use` instead of at its declaration may give, or do, something else. */
export function changesValueBetween(
  { value, statement, binding }: Declared & { readonly binding: Binding },
  use: SyntaxNode,
  source: Source,
): Refusal | undefined {
  const isHere = functionAround(statement, source) === functionAround(use, source);
  if ((isHere && use.from < statement.to) || !contains(statement.parent ?? statement, use))
    return refused("inline.reach", "A use stands where its declaration may not have run.", use);
  const isRepeated = isEvaluatedAnew(statement, use, source);
  const isOnce = binding.references.length === 1 && !isRepeated;
  const effect = source.rules.effectOf(value, source);
  if (!isOnce && (effect === "acts" || isFresh(value, source) || (isRepeated && effect !== "pure")))
    return refused(
      "inline.repeated",
      "It has more than one use, or one that may run more than once, and its value is not the same each time.",
      use,
    );
  if (value.children.length > 0 && catcherAround(use) !== catcherAround(statement))
    return refused("inline.try", "Its value may fail, and at a use that would be caught elsewhere.", use);
  const names = namesIn(value, source).filter((it) => !isOwn(it.binding, value));
  const isAnew =
    !isHere && [binding, ...names.map((it) => it.binding)].some((it) => it && isGivenInTurns(it, source));
  if (isAnew)
    return refused("inline.repeated", "A loop gives it, or what it is made of, a value in each turn.", use);
  if (source.rules.mayFail?.(value, source) && !isSoonAndSure(statement, use, source))
    return refused(
      "inline.fails",
      "Its value may fail, and would do so at another time, or not at all.",
      use,
    );
  const isConstantValue = effect === "pure" && names.every((it) => !it.binding || isConstant(it.binding));
  if (isConstantValue) return undefined;
  if (isRepeated)
    return refused("inline.repeated", "A use may run at another time, when its value is another.", use);
  if (effect === "acts") return isNextThing(statement, use, source);
  const written = names.some((it) => it.binding && isWrittenBetween(it.binding, statement, use, source));
  const acting = effect === "pure" ? onlyNamedElsewhere(names, source) : actsBetween(statement, use, source);
  if (!written && !acting) return undefined;
  return refused(
    "inline.changed",
    "What its value is made of may change between its declaration and a use.",
    use,
  );
}

/** The statement that may catch what fails here. */
export function catcherAround(node: SyntaxNode): SyntaxNode | undefined {
  return nearest(node.parent, (it) => /^(try|with|try_with_resources)_statement$/.test(it.type));
}

/** Whether the use lies in a loop or function that the declaration does not lie in. */
function isEvaluatedAnew(statement: SyntaxNode, use: SyntaxNode, source: Source): boolean {
  const around = new Set(repeatersAround(statement, source));
  return repeatersAround(use, source).some((it) => !around.has(it));
}

function isWrittenBetween(binding: Binding, statement: SyntaxNode, use: SyntaxNode, source: Source): boolean {
  return writesOf(binding).some(
    (it) =>
      functionAround(it, source) !== functionAround(statement, source) ||
      (it.from >= statement.from && it.from <= endOfStatementAround(use)),
  );
}

function endOfStatementAround(use: SyntaxNode): number {
  let at = use;
  while (at.parent && !isRow(at.parent)) at = at.parent;
  return at.to;
}

/** Whether one of the names is written by other functions, which anything between may call. */
function onlyNamedElsewhere(names: ReturnType<typeof namesIn>, source: Source): boolean {
  return names.some(
    ({ binding }) =>
      binding &&
      writesOf(binding).some(
        (it) => functionAround(it, source) !== functionAround(binding.declarations[0] ?? it, source),
      ),
  );
}

/** Whether anything that runs between the declaration and the use may change something. */
function actsBetween(statement: SyntaxNode, use: SyntaxNode, source: Source): boolean {
  const row = statement.parent;
  const holder = row && parts(row).find((it) => contains(it, use));
  if (!row || !holder) return true;
  const between = parts(row).filter((it) => it.from >= statement.to && it.to <= holder.from);
  if (between.some((it) => actsIn(it, source))) return true;
  return evaluatedBefore(use, holder, source).some((it) => actsIn(it, source));
}

/** Whether the use is evaluated whenever the declaration is, and nothing acts before. */
function isSoonAndSure(statement: SyntaxNode, use: SyntaxNode, source: Source): boolean {
  const row = statement.parent;
  const holder = row && parts(row).find((it) => contains(it, use));
  if (!holder || functionAround(statement, source) !== functionAround(use, source)) return false;
  if (parts(holder).some((it) => isRow(it) && contains(it, use))) return false;
  return lazyWithin(use, holder, source) === undefined && !actsBetween(statement, use, source);
}

/** Whether a statement gives one of the names in a node a value. */
function isWrittenIn(statement: SyntaxNode, node: SyntaxNode, source: Source): boolean {
  return namesIn(node, source).some(
    ({ binding }) => binding && writesOf(binding).some((it) => contains(statement, it)),
  );
}

/** For a value that does something: its only use has to be the next thing that happens. */
function isNextThing(statement: SyntaxNode, use: SyntaxNode, source: Source): Refusal | undefined {
  const row = statement.parent;
  const next = row && parts(row)[parts(row).indexOf(statement) + 1];
  const isNext =
    next !== undefined &&
    contains(next, use) &&
    lazyWithin(use, next, source) === undefined &&
    !parts(next).some((it) => isRow(it) && contains(it, use)) &&
    evaluatedBefore(use, next, source).every(
      (it) => isSteady(it, next, source) && !isWrittenIn(statement, it, source),
    );
  if (isNext) return undefined;
  return refused(
    "inline.order",
    "Its value does something, and its use is not the very next thing that happens.",
    use,
  );
}
