import type { Binding } from "../../syntax/bindings.ts";
import { contains, type SyntaxNode, walk } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { joinsBefore } from "../joining.ts";
import { textOf } from "../names.ts";
import { evaluatedBefore, lazyWithin } from "../order.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { functionAround, namesIn } from "../selection.ts";
import { isConstant, isFresh, isGivenInTurns, isSteady, repeatersAround } from "../steady.ts";
import type { Call, Inlinable, Parameter, Taken } from "./rules.ts";

/** What each parameter is in one call. */
export interface Argument {
  readonly binding: Binding;
  readonly value: SyntaxNode;
  /** See `Taken.text`. */
  readonly text?: string;
  /** Whether it has the same value wherever and whenever it is evaluated. */
  readonly isSame: boolean;
}

/** The arguments of a call by the function's parameters, in the order in which they are evaluated. */
export function argumentsOf(
  callee: Inlinable,
  { node, given }: Call,
  source: Source,
): readonly Argument[] | Refusal {
  const names = callee.parameters.map((it) => textOf(it.name, source));
  const values = new Map<string, SyntaxNode>();
  for (const [index, it] of given.entries()) {
    const name = it.name ?? names[index];
    if (name === undefined || !names.includes(name) || values.has(name))
      return refused(
        "inline-function.arguments",
        "The call gives what the function has no parameter for.",
        node,
      );
    values.set(name, it.value);
  }
  const made: Argument[] = [];
  for (const name of [...values.keys(), ...names.filter((it) => !values.has(it))]) {
    const parameter = callee.parameters[names.indexOf(name)];
    const value = values.get(name) ?? parameter?.fallback;
    if (!parameter || !value)
      return refused("inline-function.arguments", `The call does not give "${name}".`, node);
    const taken = takenBy(parameter, value, source);
    if ("code" in taken) return taken;
    const isLate = taken.some((it) => it.text !== undefined);
    if (isLate && given.some((it) => source.rules.effectOf(it.value, source) === "acts"))
      return refused(
        "inline-function.arguments",
        "What another argument does may change what is taken out of this one.",
        value,
      );
    for (const it of taken) {
      const argument = argumentFor(it, source);
      if ("code" in argument) return argument;
      made.push(argument);
    }
  }
  return made;
}

/** What each name of a parameter is given. */
function takenBy(
  { name, fallback }: Parameter,
  value: SyntaxNode,
  source: Source,
): readonly Taken[] | Refusal {
  const { isGiven, takenApart } = source.rules.inlining ?? {};
  const code = "inline-function.arguments";
  const what = `What the call gives for "${textOf(name, source)}"`;
  if (fallback && value !== fallback && isGiven?.(value) === false)
    return refused(code, `${what} may be undefined, and then its default counts.`, value);
  if (source.bindings().at(name)) return [{ name, value }];
  return takenApart?.(name, value, source) ?? refused(code, `${what} is not followed.`, value);
}

function argumentFor({ name, value, text }: Taken, source: Source): Argument | Refusal {
  const binding = source.bindings().at(name);
  if (!binding || !isConstant(binding))
    return refused(
      "inline-function.parameter",
      `The function gives "${textOf(name, source)}" another value.`,
      name,
    );
  // What nobody uses may still fail.
  const isDropped =
    binding.references.length === 0 && value.children.length > 0 && !/string$/.test(value.type);
  return { binding, value, ...(text !== undefined && { text }), isSame: !isDropped && isSame(value, source) };
}

function isSame(value: SyntaxNode, source: Source): boolean {
  const isOfConstants = namesIn(value, source).every(
    (it) => it.binding && isConstant(it.binding) && !isGivenInTurns(it.binding, source),
  );
  if ([...walk(value)].some((it) => OF_ITS_FUNCTION.test(it.type))) return false;
  return source.rules.effectOf(value, source) === "pure" && isOfConstants && !isFresh(value, source);
}

/** What means something else in another function. */
const OF_ITS_FUNCTION = /^(this|super|meta_property|await(_expression)?|yield(_expression)?)$/;

/** Arguments that can stand right where their parameters are used; the others need a variable. */
export function direct(
  all: readonly Argument[],
  body: SyntaxNode | undefined,
  source: Source,
): readonly Argument[] {
  const others = all.filter((it) => !it.isSame);
  const areInOrder = body !== undefined && standInOrder(others, body, source);
  return areInOrder ? all : all.filter((it) => it.isSame);
}

/** Whether each is used once, in the order in which they are evaluated, and nothing else happens before the last of them. */
function standInOrder(all: readonly Argument[], body: SyntaxNode, source: Source): boolean {
  let end = body.from;
  for (const { binding } of all) {
    const [use, ...more] = binding.references;
    if (!use || more.length > 0 || !contains(body, use.node) || use.node.from < end) return false;
    if (functionAround(use.node, source) !== functionAround(body, source)) return false;
    if (repeatersAround(use.node, source).some((it) => contains(body, it))) return false;
    if (lazyWithin(use.node, body, source) !== undefined) return false;
    const before = evaluatedBefore(use.node, body, source);
    const isParameter = (it: SyntaxNode) =>
      all.some((at) => at.binding.references.some((use) => use.node === it));
    // What an argument does comes along with it.
    const isFixed = (it: SyntaxNode) =>
      isSteady(it, body, source) && namesIn(it, source).every((at) => !at.binding || isConstant(at.binding));
    if (!before.every((it) => isParameter(it) || isFixed(it))) return false;
    end = use.node.to;
  }
  return true;
}

/** The changes that put arguments in the place of their parameters within a node. */
export function substituted(
  node: SyntaxNode,
  all: readonly Argument[],
  source: Source,
): readonly TextChange[] | Refusal {
  const changes: TextChange[] = [];
  for (const { binding, value, text: given = textOf(value, source) } of all)
    for (const use of binding.references) {
      if (!contains(node, use.node)) continue;
      const unfit = use.shape !== "plain" || source.rules.cannotTakePlaceOf?.(use.node, value, source);
      if (unfit)
        return refused(
          "inline-function.place",
          "An argument cannot be written where its parameter is used.",
          use.node,
        );
      const plain = source.rules.inPlaceOf(use.node, value, given);
      // Where a line's end ends a statement, one within needs brackets around it.
      const isOpenLine = source.rules.goesOn === undefined && plain.includes("\n");
      const text = isOpenLine ? `(${plain})` : plain;
      if (joinsBefore(use.node, text, source))
        return refused("inline.semicolon", "An argument would go on with the line before it.", use.node);
      changes.push({ from: use.node.from, to: use.node.to, text });
    }
  return changes;
}

/** A name that means something else at the call than in the function, or in an argument than where its parameter is used. */
export function misread(
  callee: readonly SyntaxNode[],
  call: SyntaxNode,
  all: readonly Argument[],
  source: Source,
): Refusal | undefined {
  const bindings = source.bindings();
  const own = (binding: Binding | undefined) =>
    binding &&
    callee.some(
      (it) => contains(it, binding.scope.node) || binding.declarations.some((at) => contains(it, at)),
    );
  for (const it of callee.flatMap((at) => namesIn(at, source))) {
    if (all.some((at) => at.binding === it.binding) || own(it.binding)) continue;
    if (it.space !== "type" && bindings.resolve(textOf(it.node, source), it.space, call.from) !== it.binding)
      return refused(
        "inline-function.captured",
        `"${textOf(it.node, source)}" means something else where it is called.`,
        call,
      );
  }
  for (const { binding, value } of all)
    for (const use of binding.references)
      for (const it of namesIn(value, source)) {
        const name = textOf(it.node, source);
        const there = bindings.resolve(name, it.space, use.node.from);
        if (own(there) && there !== it.binding)
          return refused(
            "inline-function.captured",
            `"${name}" means something else within the function.`,
            use.node,
          );
      }
  return undefined;
}
