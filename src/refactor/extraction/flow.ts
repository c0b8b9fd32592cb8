import type { Binding } from "../../syntax/bindings.ts";
import { ancestors, contains, type SyntaxNode } from "../../syntax/tree.ts";
import { isClear, textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { functionAround } from "../selection.ts";
import { isConstant, isGivenInTurns, writesOf } from "../steady.ts";
import {
  givenFirst,
  isSetBefore,
  isTakenAway,
  type NameRules,
  placesIn,
  placesOf,
  writtenIn,
} from "./has-value.ts";
import { functionOf, isIn, loopsAround, type Part } from "./part.ts";

/** What a part of a function is given and gives back. */
export interface Flow {
  /** Names from around it whose values it needs, in the order in which it uses them. */
  readonly inputs: readonly Binding[];
  readonly outputs: readonly Output[];
  /** Names from around it that it gives values, of which it needs none. */
  readonly anew: readonly Binding[];
}

/** A name whose value is used after the part. */
export interface Output {
  readonly binding: Binding;
  /** Whether the part declares it. */
  readonly isDeclared: boolean;
}

/** What goes into a part and comes out of it, or why that is not certain. */
export function flowOf(part: Part, source: Source, rules: NameRules): Flow | Refusal {
  const inputs: Binding[] = [];
  const outputs: Output[] = [];
  const anew: Binding[] = [];
  for (const binding of touchedBy(part, source)) {
    if (isLocalTo(part, binding) || rules.isShared(binding, part)) continue;
    const passage = passageOf(binding, part, source, rules);
    if ("code" in passage) return passage;
    if (passage.isInput) inputs.push(binding);
    else if (!passage.isDeclared && !binding.declarations.some((it) => isIn(part, it))) anew.push(binding);
    if (passage.isOutput) outputs.push({ binding, isDeclared: passage.isDeclared });
  }
  return { inputs, outputs, anew };
}

/** Bindings that are declared, or used, in the part; in the order of their first place in it. */
function touchedBy(part: Part, source: Source): readonly Binding[] {
  const places = source.bindings().all.flatMap((binding) => {
    const [first] = placesIn(binding, part);
    return first ? [{ binding, at: first.from }] : [];
  });
  return places.sort((a, b) => a.at - b.at).map((it) => it.binding);
}

/** Whether the binding lives in a block, or function, of the part. */
function isLocalTo(part: Part, { scope }: Binding): boolean {
  return isIn(part, scope.node);
}

interface Passage {
  readonly isInput: boolean;
  readonly isOutput: boolean;
  readonly isDeclared: boolean;
}

function passageOf(binding: Binding, part: Part, source: Source, rules: NameRules): Passage | Refusal {
  const obstacle =
    isClear(binding, source) ??
    unlike(binding, part, source) ??
    shared(binding, part, source, rules) ??
    lostByFailing(binding, part, source) ??
    takenAway(binding, part);
  if (obstacle) return obstacle;
  return binding.declarations.every((it) => isIn(part, it))
    ? declaredIn(binding, part, source, rules)
    : passedInto(binding, part, source, rules);
}

/** What the part declares and others use behind it. */
function declaredIn(binding: Binding, part: Part, source: Source, rules: NameRules): Passage | Refusal {
  const outside = binding.references.filter((it) => !isIn(part, it.node));
  const early = outside.find((it) => it.node.from < part.from);
  if (early)
    return refused(
      "extract-function.before",
      `"${binding.name}" is used before the selection declares it.`,
      early.node,
    );
  const hoisted = outside.find((it) => isHoisted(it.node, part, source));
  if (hoisted)
    return refused(
      "extract-function.shared",
      `A function that may run meanwhile has "${binding.name}", too.`,
      hoisted.node,
    );
  const given = givenFirst(binding, part, rules);
  const isCarried = loopsAround(part, source).length > 0 && !rules.isFresh(binding);
  if (isCarried && !given) return unset(binding, part);
  const isOutput = outside.length > 0 || rules.isSeenElsewhere(binding);
  if (isOutput && !given?.isCertain && !rules.isEverSet(binding)) return unset(binding, part);
  return { isInput: false, isOutput, isDeclared: true };
}

/** What was there before. */
function passedInto(binding: Binding, part: Part, source: Source, rules: NameRules): Passage | Refusal {
  const { references, scope } = binding;
  const isWritten = writtenIn(binding, part).length > 0;
  const isCarried = loopsAround(part, source).some((it) => !contains(it, scope.node));
  const isAsked = references.some((it) => !isIn(part, it.node) && it.access !== "write");
  const isOutput = isWritten && (isCarried || isAsked || rules.isSeenElsewhere(binding));
  const isRead = references.some((it) => isIn(part, it.node) && it.access !== "write");
  const isInput = !givenFirst(binding, part, rules)?.isCertain && (isOutput || isRead);
  if (isInput && !isSetBefore(binding, part, rules)) return unset(binding, part);
  return { isInput, isOutput, isDeclared: false };
}

/** A name that is taken away in the part, or before it, is no value to pass on. */
function takenAway(binding: Binding, part: Part): Refusal | undefined {
  const isOutside = placesOf(binding).some((it) => !isIn(part, it));
  const taken = isOutside && placesOf(binding).find((it) => isIn(part, it) && isTakenAway(it));
  return taken ? unset(binding, part) : undefined;
}

function unset({ name }: Binding, part: Part): Refusal {
  return refused("extract-function.unset", `Whether "${name}" has a value there is not certain.`, part);
}

/** Types, and names that stand for more than a value, cannot be given to a function. */
function unlike(
  { name, kind, references, declarations }: Binding,
  part: Part,
  source: Source,
): Refusal | undefined {
  if (kind === "label" || kind === "module" || kind === "enum")
    return refused("extract-function.name", `"${name}" can be given to no function.`, part);
  const strange = references.find((it) => isIn(part, it.node) && it.shape === "export-specifier");
  const isDeclared = declarations.some((it) => isIn(part, it));
  const escaping = references.find((it) => it.space === "type" && isIn(part, it.node) !== isDeclared);
  const found = strange ?? (isDeclared || kind === "class" ? escaping : undefined);
  return (
    found &&
    refused("extract-function.type", `"${textOf(found.node, source)}" is known there only.`, found.node)
  );
}

/** A copy will do only if nobody else changes the value, or is to see it change, meanwhile. */
function shared(binding: Binding, part: Part, source: Source, rules: NameRules): Refusal | undefined {
  const home = functionOf(part, source);
  const isKept = isConstant(binding) && !isGivenInTurns(binding, source);
  if (isKept || isTurning(binding, part, rules, source)) return undefined;
  const elsewhere = placesOf(binding).find((it) => functionAround(it, source) !== home);
  return (
    elsewhere &&
    refused(
      "extract-function.shared",
      `"${binding.name}" changes, and another function has it, too.`,
      elsewhere,
    )
  );
}

/** `let i` in the head of a loop: each turn has its own, and only the head writes it (ECMA-262, CreatePerIterationEnvironment). */
function isTurning(binding: Binding, part: Part, rules: NameRules, source: Source): boolean {
  const loop = binding.scope.node;
  const body = loop.children.find((it) => it.field === "body");
  if (!rules.isFresh(binding) || loop.type !== "for_statement" || !body) return false;
  const isWithin = body.from <= part.from && part.to <= body.to;
  const home = functionAround(loop, source);
  // A function made in the head has the turn's own one.
  const inHead = placesOf(binding).filter((it) => !contains(body, it));
  if (!inHead.every((it) => functionAround(it, source) === home)) return false;
  return (
    isWithin && binding.declarations.length === 1 && writesOf(binding).every((it) => !contains(body, it))
  );
}

/** A declared function behind the part may be called by it. */
function isHoisted(node: SyntaxNode, part: Part, source: Source): boolean {
  const home = functionOf(part, source);
  const around = ancestors(node);
  const inner = around.slice(0, home ? around.indexOf(home) : around.length);
  return inner.some((it) => /^(generator_)?function_declaration$|^local_function_statement$/.test(it.type));
}

/** What it has given a name is lost where it fails, and what catches that sees it. */
function lostByFailing(binding: Binding, part: Part, source: Source): Refusal | undefined {
  const home = functionOf(part, source);
  const [first] = part.nodes;
  const around = first ? ancestors(first) : [];
  const within = around.slice(0, home ? around.indexOf(home) : around.length);
  const catcher = within.findLast((it) => /^(try|with|try_with_resources)_statement$/.test(it.type));
  const body = catcher && within[within.indexOf(catcher) - 1];
  if (!body || writtenIn(binding, part).length === 0) return undefined;
  const seen = placesOf(binding).find(
    (it) =>
      !isIn(part, it) &&
      (!contains(body, it) || binding.references.some((at) => at.node === it && isInHandler(it, body))),
  );
  return (
    seen && refused("extract-function.try", `If it fails, the value of "${binding.name}" is lost.`, seen)
  );
}

/** Whether something that catches, within the body of something that does, too. */
function isInHandler(node: SyntaxNode, body: SyntaxNode): boolean {
  const around = ancestors(node);
  return around
    .slice(0, around.indexOf(body))
    .some((it) => /^(catch|finally|except|except_group)_clause$/.test(it.type));
}
