import { type Refusal, refused } from "../plan.ts";
import type { AddedParameter, Options } from "../refactoring.ts";
import type { Parameter, ParameterKind, Slot } from "./rules.ts";

/** The new list of parameters, as the options say it; or what is wrong with them. */
export function newOrder(parameters: readonly Parameter[], options: Options): readonly Slot[] | Refusal {
  const { reorder, remove = [], add = [], rename = [] } = options;
  if (!reorder && remove.length + add.length + rename.length === 0)
    return wrong("What to change is missing: reorder, remove, add or rename.");
  const all = parameters.map((_, index) => index);
  const given = [...(reorder ?? []), ...remove, ...rename.map((it) => it.index)];
  const far = given.find((it) => it >= all.length);
  if (far !== undefined) return wrong(`There is no parameter ${far}: they are counted from 0.`);
  const kept = all.filter((it) => !remove.includes(it));
  if (reorder && !isSameSet(reorder, all) && !isSameSet(reorder, kept))
    return wrong(`reorder must have each of the indices ${kept.join(", ")} once.`);
  if (new Set(remove).size < remove.length) return wrong("remove has an index twice.");
  const names = rename.map((it) => it.index);
  if (new Set(names).size < names.length) return wrong("rename has an index twice.");
  if (names.some((it) => remove.includes(it))) return wrong("What is removed cannot be renamed.");
  const sequence = reorder ?? all;
  const lost = add.find(
    ({ index }) => index !== undefined && index !== all.length && !sequence.includes(index),
  );
  if (lost) return wrong(`There is no parameter ${lost.index} before which "${lost.name}" could stand.`);
  return misplaced(slotsOf(sequence, parameters, remove, add));
}

function wrong(sentence: string): Refusal {
  return refused("change-signature.option", sentence);
}

function isSameSet(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && b.every((it) => a.includes(it));
}

/** What is added stands before the parameter that had its index; at the end, still before what takes the rest. */
function slotsOf(
  sequence: readonly number[],
  parameters: readonly Parameter[],
  remove: readonly number[],
  add: readonly AddedParameter[],
): readonly Slot[] {
  const old = sequence.map((it) => parameters[it]).filter((it) => it !== undefined);
  const slots: Slot[] = [];
  for (const [at, parameter] of [...old, undefined].entries()) {
    const index = parameter && parameters.indexOf(parameter);
    const isEnd = at === endOf(old);
    const isHere = (wanted: number | undefined) =>
      wanted === undefined || wanted === parameters.length ? isEnd : wanted === index;
    const kind = kindAt(parameter, old[at - 1]);
    slots.push(...add.filter((it) => isHere(it.index)).map((added) => ({ added, kind })));
    if (parameter && index !== undefined && !remove.includes(index))
      slots.push({ parameter, kind: parameter.kind });
  }
  return slots;
}

/** Where the last parameter ends that takes one argument. */
function endOf(old: readonly Parameter[]): number {
  const last = old.findLastIndex((it) => it.kind !== "rest" && it.kind !== "names");
  return last + 1;
}

/** How one is given that comes between two. */
function kindAt(next: Parameter | undefined, before: Parameter | undefined): ParameterKind {
  if (next && next.kind !== "rest" && next.kind !== "names") return next.kind;
  if (before?.kind === "rest") return "named";
  return before?.kind ?? "either";
}

const RANK: Readonly<Record<ParameterKind, number>> = { placed: 0, either: 1, rest: 2, named: 3, names: 4 };

/** Whoever is given by name, or takes the rest, stays so. */
function misplaced(slots: readonly Slot[]): readonly Slot[] | Refusal {
  const wrongAt = slots.findIndex((it, at) => RANK[it.kind] < RANK[slots[at - 1]?.kind ?? "placed"]);
  return wrongAt === -1
    ? slots
    : refused(
        "change-signature.kind",
        "A parameter would be given in another way: by its name only, by its place only, or as one of the rest.",
      );
}
