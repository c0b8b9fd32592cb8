import type { Binding } from "../../../syntax/bindings.ts";
import { contains, inField, isComment, nearest, type SyntaxNode, walk } from "../../../syntax/tree.ts";
import { catcherAround } from "../../inline-safety.ts";
import { hiddenAround, isClear, textOf } from "../../names.ts";
import { type Refusal, refused } from "../../plan.ts";
import type { Source } from "../../refactoring.ts";
import { functionAround } from "../../selection.ts";
import { mayAsk } from "../effects.ts";
import { type Filling, isBuiltIn } from "./clauses.ts";

/** What runs elsewhere, or at another time, or has a meaning in a function of its own. */
const APART = /^(named_expression|await|yield|lambda|generator_expression)$/;

/** The parts of a loop or a comprehension, in the order in which they stand. */
function partsOf({ clauses, filled }: Filling): readonly SyntaxNode[] {
  return [...clauses.map((it) => it.over), ...filled];
}

/** Why neither form does what the other one does; `whole`: all statements of it, `name`: of the collection. */
export function cannotBeEither(
  filling: Filling,
  name: SyntaxNode,
  whole: readonly SyntaxNode[],
  source: Source,
  id: string,
): Refusal | undefined {
  const nodes = whole.flatMap((it) => [...walk(it)]);
  const comment = nodes.find(isComment);
  if (comment) return refused(`${id}.comment`, "A comment would have no place.", comment);
  const apart = partsOf(filling)
    .flatMap((it) => [...walk(it)])
    .find((it) => APART.test(it.type) || /^(super|__class__)$/.test(textOf(it, source)));
  if (apart)
    return refused(
      `${id}.apart`,
      `"${textOf(apart, source)}" may mean something else in the other form.`,
      apart,
    );
  const bad = filling.clauses
    .flatMap((it) => (it.target ? [...walk(it.target)] : []))
    .find((it) => it.isNamed && !TARGET.test(it.type));
  if (bad) return refused(`${id}.target`, "What is given each value is more than names.", bad);
  return isOutOfOrder(filling, id) ?? isSeenMeanwhile(filling, name, whole, source, id);
}

const TARGET = /^(identifier|pattern_list|tuple_pattern|list_pattern|list_splat_pattern)$/;

/** `d[k] = v` evaluates the value first, `{k: v}` the key. */
function isOutOfOrder({ kind, filled }: Filling, id: string): Refusal | undefined {
  const isSimple = (it: SyntaxNode) => /^(identifier|integer|true|false|none)$/.test(it.type);
  return kind !== "dictionary" || filled.some(isSimple)
    ? undefined
    : refused(`${id}.order`, "Key and value would be evaluated in another order.", filled[0]);
}

/** Whether somebody may see the collection while it is filled, or when that fails. */
function isSeenMeanwhile(
  filling: Filling,
  name: SyntaxNode,
  whole: readonly SyntaxNode[],
  source: Source,
  id: string,
): Refusal | undefined {
  const [statement] = whole;
  const bindings = source.bindings();
  const binding = bindings.at(name);
  const scope = bindings.scopeAt(name.from);
  if (!binding || !statement || binding.scope !== scope || scope.kind === "class")
    return refused(
      `${id}.scope`,
      `"${textOf(name, source)}" belongs to a class, or to what is around its function.`,
      name,
    );
  const hidden = hiddenAround(statement, source) ?? isClear(binding, source);
  if (hidden) return hidden;
  const seen = binding.references.map((it) => it.node);
  const own = partsOf(filling);
  const inner = seen.find((it) => own.some((at) => contains(at, it)));
  if (inner)
    return refused(
      `${id}.itself`,
      `It uses "${binding.name}", which is not the same there in the other form.`,
      inner,
    );
  const home = functionAround(statement, source);
  const other = seen.find((it) => functionAround(it, source) !== home);
  if (other && mayRunOthers(filling, source))
    return refused(
      `${id}.seen`,
      `Another function uses "${binding.name}", and may be called meanwhile.`,
      other,
    );
  const catcher = catcherAround(statement);
  if (!catcher || functionAround(catcher, source) !== home) return undefined;
  const block = catcher.children.find((it) => contains(it, statement));
  const outside = [...seen, ...binding.declarations].find((it) => block && !contains(block, it));
  return outside && refused(`${id}.caught`, "If it fails midway, what it has by then may be used.", outside);
}

/** Whether more runs than what stands there: calls, iterators, and what classes say of their operators. */
function mayRunOthers(filling: Filling, source: Source): boolean {
  const isPlain = (it: SyntaxNode) => source.rules.effectOf(it, source) !== "acts" && !mayAsk(it, source);
  const isKnown = (over: SyntaxNode) => {
    if (/^(list|tuple|set|dictionary|string)$/.test(over.type)) return isPlain(over);
    const callee = over.type === "call" ? inField(over, "function") : undefined;
    const list = inField(over, "arguments");
    const isRange =
      callee !== undefined && textOf(callee, source) === "range" && isBuiltIn("range", over.from, source);
    return isRange && (list?.children.filter((it) => it.isNamed).every(isPlain) ?? false);
  };
  return !(
    filling.filled.every(isPlain) &&
    filling.clauses.every((it) => (it.target ? isKnown(it.over) : isPlain(it.over)))
  );
}

/** The names that the clauses give values to, each with its clause. */
export function targetsOf({ clauses }: Filling) {
  return clauses.flatMap((clause) =>
    (clause.target ? [...walk(clause.target)] : [])
      .filter((it) => it.type === "identifier")
      .map((at) => ({ at, clause })),
  );
}

/** Whether a name of a clause is used before it is given its value, or given one twice. */
export function isUsedEarly(
  filling: Filling,
  whole: SyntaxNode,
  source: Source,
  id: string,
): Refusal | undefined {
  const names = new Set<string>();
  for (const { at, clause } of targetsOf(filling)) {
    const name = textOf(at, source);
    if (names.has(name)) return refused(`${id}.target`, `"${name}" is given two values.`, at);
    names.add(name);
    const early = source
      .bindings()
      .references.find(
        (it) =>
          textOf(it.node, source) === name &&
          contains(whole, it.node) &&
          (contains(clause.over, it.node) ||
            filling.clauses
              .slice(0, filling.clauses.indexOf(clause))
              .some((other) => contains(other.over, it.node))),
      );
    if (early)
      return refused(`${id}.target`, `"${name}" is something else before it is given its value.`, early.node);
  }
  return undefined;
}

/** A use of the loop's variable that is not in the loop itself, or in another one that gives it values. */
export function usedBehind(binding: Binding, loop: SyntaxNode, source: Source): SyntaxNode | undefined {
  const home = functionAround(loop, source);
  const all = [...binding.declarations, ...binding.references.map((it) => it.node)];
  return all.find((it) => {
    if (functionAround(it, source) !== home) return true;
    if (contains(loop, it)) return false;
    const other = nearest(it, (at) => at.type === "for_statement" && givesTo(at, binding));
    const [left, body] = other ? [inField(other, "left"), inField(other, "body")] : [];
    const isIn = [left, body].some((at) => at !== undefined && contains(at, it));
    return !isIn || (other !== undefined && contains(other, loop));
  });
}

function givesTo(loop: SyntaxNode, { declarations, references }: Binding): boolean {
  const left = inField(loop, "left");
  const given = [...declarations, ...references.filter((it) => it.access === "write").map((it) => it.node)];
  return left !== undefined && given.some((it) => contains(left, it));
}
