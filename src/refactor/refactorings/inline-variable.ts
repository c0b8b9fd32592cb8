import type { Binding } from "../../syntax/bindings.ts";
import { inField, nearest, parts, type SyntaxNode } from "../../syntax/tree.ts";
import type { Declared } from "../code-rules.ts";
import { catcherAround, changesValueBetween, isCaptured } from "../inline-safety.ts";
import { isOpen, joinsBefore, statementBefore } from "../joining.ts";
import { isClear, isClearWithin, textOf } from "../names.ts";
import { type Plan, type Refusal, refused } from "../plan.ts";
import type { Place, Refactoring, Source } from "../refactoring.ts";
import { declaredName, wordAt } from "../selection.ts";
import { isConstant } from "../steady.ts";
import { usedElsewhere } from "../used-elsewhere.ts";

/** Puts a variable's value, or the type that a name stands for, in the place of every use and removes the name. */
export const inlineVariable: Refactoring = {
  id: "inline-variable",
  title: "Inline variable",
  kind: "refactor.inline",
  offer(place) {
    const type = place.source.rules.typing?.withoutAlias(place);
    if (type) return type.kind === "plan" ? type.title : undefined;
    const found = variableAt(place);
    return "code" in found ? undefined : `Inline variable '${found.binding.name}'`;
  },
  plan(place) {
    const type = place.source.rules.typing?.withoutAlias(place);
    if (type) return type;
    const found = variableAt(place);
    return "code" in found
      ? found
      : (usedElsewhere(found.binding, place, "inline-variable") ?? inlined(found, place.source));
  },
};

interface Variable extends Declared {
  readonly binding: Binding;
}

/** The variable at the place, if it is one that has one value and one declaration. */
function variableAt(place: Place): Variable | Refusal {
  const { source } = place;
  const name = declaredName(place) ?? takenByKey(place);
  const binding = name && source.bindings().at(name);
  if (!binding) return refused("inline-variable.name", "There is no variable of this file here.");
  const [declaration] = binding.declarations;
  const declared = declaration && source.rules.declared(declaration, source);
  if (!declared || !["variable", "constant"].includes(binding.kind))
    return refused(
      "inline-variable.kind",
      `"${binding.name}" is not a variable with a value of its own.`,
      name,
    );
  if (!isConstant(binding))
    return refused("inline-variable.written", `"${binding.name}" is given a value more than once.`, name);
  return (
    isMoreThanValue(binding, source) ??
    isClear(binding, source) ??
    isClearWithin(declared.value, source) ?? { ...declared, binding }
  );
}

/** The name behind the key at the cursor, where a pattern takes it out of an object: `{ key: name }`. */
function takenByKey(place: Place): SyntaxNode | undefined {
  const key = wordAt(place);
  const value =
    key?.field === "key" && key.parent?.type === "pair_pattern" ? inField(key.parent, "value") : undefined;
  return value && place.source.bindings().at(value) ? value : undefined;
}

function isMoreThanValue(binding: Binding, source: Source): Refusal | undefined {
  const named = binding.references.find(
    ({ shape, node }) => !["plain", "shorthand-value"].includes(shape) || isAskedForType(node),
  );
  const isShut = binding.isExported && !source.rules.isSeenByItsName(binding);
  if (!isShut && !named) return undefined;
  return refused(
    "inline-variable.exported",
    `"${binding.name}" is used as more than a value: it is exported, or its type is asked for.`,
    named?.node,
  );
}

/** `typeof a` where a type stands. */
function isAskedForType(node: SyntaxNode): boolean {
  return nearest(node, (it) => it.type === "type_query") !== undefined;
}

function inlined(variable: Variable, source: Source): Plan | Refusal {
  const { binding, value, remove } = variable;
  const { rules } = source;
  if (binding.references.length === 0 && (rules.effectOf(value, source) !== "pure" || catcherAround(value)))
    return refused(
      "inline-variable.unused",
      `Nothing uses "${binding.name}", and its value does something, or may fail.`,
      value,
    );
  for (const { node } of binding.references) {
    const unfit = rules.cannotTakePlaceOf?.(node, value, source);
    if (unfit !== undefined)
      return refused("inline-variable.place", `It cannot replace a use: ${unfit}.`, node);
    const obstacle = isCaptured(value, node, source) ?? changesValueBetween(variable, node, source);
    if (obstacle) return obstacle;
  }
  const text = variable.text ?? textOf(value, source);
  const uses = binding.references.map(({ node, shape }) => {
    const written = rules.inPlaceOf(node, value, text);
    const isShort = shape === "shorthand-value";
    const more =
      isShort || variable.text !== undefined ? undefined : rules.valueInPlaceOf?.(node, value, source);
    return more ?? { from: node.from, to: node.to, text: isShort ? `${binding.name}: ${written}` : written };
  });
  // A declaration of several stays, so that its own end counts.
  const gone =
    remove.from <= variable.statement.from && variable.statement.to <= remove.to
      ? variable.statement
      : undefined;
  const joined = binding.references.find(({ node }, at) =>
    joinsBefore(node, uses[at]?.text ?? "", source, gone),
  );
  if (joined)
    return refused("inline.semicolon", "Its value would go on with the line before it.", joined.node);
  if (gone && holdsApart(gone, source))
    return refused("inline.semicolon", "What is behind it would go on with what is before it.", gone);
  const changes = [{ from: remove.from, to: remove.to, text: variable.instead ?? "" }, ...uses];
  const isTyped = value.parent?.children.some((it) => it.field === "type");
  const warnings = isTyped ? [`The type that "${binding.name}" was declared with is gone.`] : [];
  const title = `Inline variable '${binding.name}'`;
  return { kind: "plan", title, files: [{ path: source.path, before: source.text, changes }], warnings };
}

/** Whether what stands behind a statement would be read as going on with what stands before it. */
function holdsApart(gone: SyntaxNode, source: Source): boolean {
  const row = gone.parent ? parts(gone.parent) : [];
  const next = row[row.indexOf(gone) + 1];
  return (
    next !== undefined &&
    source.rules.goesOn?.test(source.text.slice(next.from)) === true &&
    isOpen(statementBefore(gone), source)
  );
}
