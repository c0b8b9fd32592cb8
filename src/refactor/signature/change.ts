import type { Binding } from "../../syntax/bindings.ts";
import { contains } from "../../syntax/tree.ts";
import { badName, isClear, textOf } from "../names.ts";
import { type Refusal, refused } from "../plan.ts";
import type { AddedParameter, Options, Source } from "../refactoring.ts";
import { obstacleTo } from "../rename-edits.ts";
import { type Change, mayBeDropped } from "./arguments.ts";
import { newOrder } from "./order.ts";
import type { Parameter, Signature, SignatureRules } from "./rules.ts";
import { first } from "./uses.ts";

/** What the options make of the parameters; or why the function cannot have them so. */
export function changeOf(
  signature: Signature,
  options: Options,
  rules: SignatureRules,
  source: Source,
): Change | Refusal {
  const order = newOrder(signature.parameters, options);
  if ("code" in order) return order;
  const names = namesAfter(signature, options, source);
  if ("code" in names) return names;
  const kept = order.flatMap((it) => ("parameter" in it ? [it.parameter] : []));
  const added = order.flatMap((it) => ("added" in it ? [it.added] : []));
  const gone = signature.parameters.filter((it) => !kept.includes(it));
  const wrong =
    first(gone, (it) => cannotGo(it, rules, source)) ??
    first(added, (it) => cannotBeNamed(it, gone, signature, source)) ??
    twice([...kept.flatMap((it) => names.get(it)?.new ?? []), ...added.map((it) => it.name)]) ??
    givenInOrder(kept, signature.parameters);
  return wrong ?? { signature, source, order, names };
}

function namesAfter(
  { parameters }: Signature,
  { rename = [] }: Options,
  source: Source,
): Change["names"] | Refusal {
  const names = new Map<Parameter, { readonly old: string; readonly new: string }>();
  for (const [index, it] of parameters.entries()) {
    const wanted = rename.find((at) => at.index === index)?.name;
    const binding = it.name && source.bindings().at(it.name);
    if (wanted !== undefined && !binding)
      return refused("change-signature.pattern", "A parameter that is a pattern has no name.", it.node);
    if (!it.name || !binding) continue;
    const old = textOf(it.name, source);
    const obstacle = wanted === undefined || wanted === old ? undefined : obstacleTo(binding, wanted, source);
    if (obstacle) return obstacle;
    names.set(it, { old, new: wanted ?? old });
  }
  return names;
}

/** Why a parameter is needed; `undefined`: it can go. */
function cannotGo({ name, node, fallback, effect }: Parameter, rules: SignatureRules, source: Source) {
  const binding = name && source.bindings().at(name);
  if (!binding)
    return refused("change-signature.pattern", "What a pattern takes apart may fail without it.", node);
  const [use] = [...binding.references.map((it) => it.node), ...binding.declarations.slice(1)];
  if (use) return refused("change-signature.used", `The function uses "${binding.name}".`, use);
  if (effect === "acts" || (fallback && !mayBeDropped(fallback, rules, source)))
    return refused("change-signature.effect", "Its default, or its type, may do something, or fail.", node);
  return isClear(binding, source);
}

function cannotBeNamed(
  { name }: AddedParameter,
  gone: readonly Parameter[],
  { made, list }: Signature,
  source: Source,
): Refusal | undefined {
  const bad = badName(name, source);
  if (bad) return bad;
  const { all, opaque, references } = source.bindings();
  const hidden = opaque.find((it) => contains(made, it.node));
  if (hidden) return refused("opaque", `${hidden.why}, so who uses a new name is not certain.`, hidden.node);
  const isOfFunction = ({ scope }: Binding) =>
    scope.node === made ||
    (scope.parent?.node === made && scope.kind === "function" && contains(made, scope.node));
  const leaving = gone.flatMap((it) => (it.name && source.bindings().at(it.name)) ?? []);
  const other = all.find((it) => it.name === name && isOfFunction(it) && !leaving.includes(it));
  const use = references.find(
    (it) =>
      contains(made, it.node) &&
      textOf(it.node, source) === name &&
      (!it.binding || !contains(made, it.binding.scope.node)),
  );
  const at = other?.declarations[0] ?? use?.node;
  return at && refused("change-signature.taken", `The function has, or uses, another "${name}".`, at ?? list);
}

function twice(names: readonly string[]): Refusal | undefined {
  const again = names.find((it, at) => names.indexOf(it) !== at);
  return again === undefined
    ? undefined
    : refused("change-signature.taken", `Two parameters would be called "${again}".`);
}

/** Defaults are evaluated, and patterns taken apart, in the order of the parameters. */
function givenInOrder(kept: readonly Parameter[], all: readonly Parameter[]): Refusal | undefined {
  const mayChange = (a: Parameter, b: Parameter) =>
    a.isSteady || b.isSteady || (a.effect !== "acts" && b.effect !== "acts");
  const late = kept.find((it, at) =>
    kept.slice(at + 1).some((later) => all.indexOf(later) < all.indexOf(it) && !mayChange(it, later)),
  );
  return (
    late &&
    refused(
      "change-signature.order",
      "Defaults, or patterns, would be evaluated in another order, and that may matter.",
      late.node,
    )
  );
}
