import type { SyntaxNode } from "../../syntax/tree.ts";
import type { Call } from "../inlining/rules.ts";
import { textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { Source } from "../refactoring.ts";
import { namesIn } from "../selection.ts";
import { isSteady } from "../steady.ts";
import type { Entry } from "./list-text.ts";
import type { Parameter, Signature, SignatureRules, Slot } from "./rules.ts";

/** How the parameters of a function change. */
export interface Change {
  readonly signature: Signature;
  /** Of the file that declares it. */
  readonly source: Source;
  readonly order: readonly Slot[];
  /** The names of its parameters, old and new; patterns have none. */
  readonly names: ReadonlyMap<Parameter, { readonly old: string; readonly new: string }>;
}

/** An argument of a call. */
interface Given {
  /** As it stands in the list, with its name if it has one there. */
  readonly node: SyntaxNode;
  readonly value: SyntaxNode;
  readonly isNamed: boolean;
  readonly parameter: Parameter;
}

/** An argument of the changed call. */
interface Placed {
  readonly entry: Entry;
  readonly given?: Given;
  /** Stands for what is left out. */
  readonly isFiller?: boolean;
}

/** What a call is given when the parameters have changed, in order; or why that is not certain. `source`: the call's file. */
export function argumentsAfter(
  call: Call,
  change: Change,
  rules: SignatureRules,
  source: Source,
): readonly Entry[] | Refusal {
  const given = givenIn(call, change, rules);
  if ("code" in given) return given;
  const isKept = (it: Given) =>
    change.order.some((slot) => "parameter" in slot && slot.parameter === it.parameter);
  const failing = given.find((it) => !isKept(it) && !mayBeDropped(it.value, rules, source));
  if (failing)
    return refused(
      "change-signature.effect",
      "An argument that would be left out may do something, or fail.",
      failing.node,
    );
  const kept = given.filter(isKept);
  const placed = inNewOrder(kept, change, rules);
  if (placed && isSameWhen(kept, placed, call.node, source)) return placed.map((it) => it.entry);
  const standing = rules.filler === undefined ? asTheyStand(kept, change) : undefined;
  return (
    standing?.map((it) => it.entry) ??
    refused(
      "change-signature.order",
      "Its arguments would be evaluated in another order, and that may matter.",
      call.node,
    )
  );
}

/** Whether evaluating it or not makes no difference. */
export function mayBeDropped(node: SyntaxNode, rules: SignatureRules, source: Source): boolean {
  if (!rules.isIdle(node, source)) return false;
  return namesIn(node, source).every((it) => it.binding || rules.isBuiltIn(textOf(it.node, source)));
}

function givenIn(
  { node, given }: Call,
  { signature: { parameters }, names, order }: Change,
  rules: SignatureRules,
): readonly Given[] | Refusal {
  const unfit = refused(
    "change-signature.arguments",
    "A call does not give what the function has parameters for.",
    node,
  );
  const byPlace = parameters.filter((it) => it.kind === "placed" || it.kind === "either");
  const [rest, others] = (["rest", "names"] as const).map((kind) =>
    parameters.find((it) => it.kind === kind),
  );
  const taken = [
    ...[...names.values()].map((it) => it.new),
    ...order.flatMap((it) => ("added" in it ? it.added.name : [])),
  ];
  const all: Given[] = [];
  for (const [index, { name, value }] of given.entries()) {
    const called = parameters.find(
      (it) => (it.kind === "either" || it.kind === "named") && names.get(it)?.old === name,
    );
    const parameter = name === undefined ? (byPlace[index] ?? rest) : (called ?? others);
    const isTwice =
      parameter !== rest && parameter !== others && all.some((it) => it.parameter === parameter);
    if (!parameter || isTwice) return unfit;
    if (parameter === others && name !== undefined && taken.includes(name)) return unfit;
    const isNamed = name !== undefined;
    all.push({ node: (isNamed && value.parent) || value, value, isNamed, parameter });
  }
  // What fails for lack of an argument must not be mended.
  const isLacking = (it: Parameter) =>
    !it.isOptional && it !== rest && it !== others && !all.some((at) => at.parameter === it);
  return rules.filler === undefined && parameters.some(isLacking) ? unfit : all;
}

/** By their places as far as those go; `undefined`: what stands behind something left out can be given in no way. */
function inNewOrder(
  given: readonly Given[],
  { order, names }: Change,
  { filler }: SignatureRules,
): readonly Placed[] | undefined {
  const made: Placed[] = [];
  let isByName = false;
  for (const slot of order) {
    if ("added" in slot) {
      const isNamed = isByName || slot.kind === "named";
      if (isNamed && slot.kind === "placed") return undefined;
      made.push(addedIn(slot, isNamed));
      continue;
    }
    const here = given.filter((it) => it.parameter === slot.parameter);
    const isOne = slot.kind === "placed" || slot.kind === "either";
    if (here.some((it) => it.isNamed)) isByName ||= isOne;
    else if (here.length === 0 && isOne && filler !== undefined)
      made.push({ entry: { text: filler }, isFiller: true });
    else if (here.length === 0) isByName ||= isOne;
    else if (!isByName) made.push(...here.map((it) => ({ entry: { node: it.node }, given: it })));
    else if (slot.kind === "either") made.push(...here.map((it) => named(it, names)));
    else return undefined;
  }
  while (made.at(-1)?.isFiller) made.pop();
  const said = given.filter((it) => it.isNamed).map((it) => ({ entry: { node: it.node }, given: it }));
  return [...made, ...said];
}

function addedIn(
  slot: Slot & { readonly added: { name: string; default: string } },
  isNamed: boolean,
): Placed {
  const { name, default: value } = slot.added;
  return { entry: { text: isNamed ? `${name}=${value}` : value } };
}

/** The argument with the name of its parameter. */
function named(given: Given, names: Change["names"]): Placed {
  const name = names.get(given.parameter)?.new;
  // `a=b := 1` is none.
  const isLoose = given.value.type === "named_expression";
  const entry = { node: given.node, before: isLoose ? `${name}=(` : `${name}=`, after: isLoose ? ")" : "" };
  return { entry, given };
}

/** In the order in which they stand, by name from where that is another one; `undefined`: one can be given by its place only. */
function asTheyStand(given: readonly Given[], { order, names }: Change): readonly Placed[] | undefined {
  const places = order.filter((it) => it.kind === "placed" || it.kind === "either");
  const made: Placed[] = [];
  let [next, isByName] = [0, false];
  const added = (slot: Slot, isNamed: boolean) => {
    if ("added" in slot) made.push(addedIn(slot, isNamed));
  };
  for (const it of given) {
    for (let at = places[next]; !isByName && at && "added" in at; at = places[++next]) added(at, false);
    const slot = places[next];
    isByName ||= it.isNamed || !slot || !("parameter" in slot) || slot.parameter !== it.parameter;
    if (!isByName) next++;
    if (isByName && !it.isNamed && it.parameter.kind !== "either") return undefined;
    made.push(isByName && !it.isNamed ? named(it, names) : { entry: { node: it.node }, given: it });
  }
  const left = [...places.slice(next), ...order.filter((it) => it.kind === "named")];
  if (left.some((it) => "added" in it && it.kind === "placed")) return undefined;
  for (const it of left) added(it, true);
  return made;
}

/** Whether the arguments have the values they had, and do what they did, in the new order. */
function isSameWhen(
  given: readonly Given[],
  placed: readonly Placed[],
  call: SyntaxNode,
  source: Source,
): boolean {
  const now = placed.flatMap((it) => it.given ?? []);
  return now.every((it, at) =>
    now
      .slice(at + 1)
      .every(
        (later) => given.indexOf(it) < given.indexOf(later) || mayChange(it.value, later.value, call, source),
      ),
  );
}

/** Whether two expressions may be evaluated in either order. */
function mayChange(a: SyntaxNode, b: SyntaxNode, call: SyntaxNode, source: Source): boolean {
  if (isSteady(a, call, source) || isSteady(b, call, source)) return true;
  const { effectOf } = source.rules;
  return effectOf(a, source) !== "acts" && effectOf(b, source) !== "acts";
}
