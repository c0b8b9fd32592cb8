import { inField, type SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import type { Call } from "../inlining/rules.ts";
import { isClear, textOf } from "../names.ts";
import { type FilePlan, type Plan, type Refusal, refused } from "../plan.ts";
import type { Options, Place, Refactoring, Source } from "../refactoring.ts";
import { renamingOf } from "../rename-edits.ts";
import { argumentsAfter, type Change } from "../signature/arguments.ts";
import { changeOf } from "../signature/change.ts";
import { editableList, optionsOf } from "../signature/edited-list.ts";
import { type Edits, editsOf } from "../signature/edits.ts";
import { type Found, functionAt } from "../signature/function-at.ts";
import { type Entry, relisted } from "../signature/list-text.ts";
import { cannotBeGiven } from "../signature/new-text.ts";
import { parametersAfter } from "../signature/parameters.ts";
import type { SignatureRules, Use } from "../signature/rules.ts";
import { usesOf } from "../signature/uses.ts";

/** Adds, removes, moves and renames the parameters of a function, and changes its calls in all files. */
export const changeSignature: Refactoring = {
  id: "change-signature",
  title: "Change signature",
  kind: "refactor.rewrite",
  needs: "signature",
  offer(place) {
    const found = functionAt(place);
    return "code" in found ? undefined : `Change signature of '${found.binding.name}'`;
  },
  asks(place) {
    const found = functionAt(place);
    return "code" in found ? undefined : editableList(found.signature, place.source);
  },
  plan(place, options) {
    const found = functionAt(place);
    if ("code" in found) return found;
    const { answer } = options;
    const wanted = answer === undefined ? options : optionsOf(answer, found.signature, place.source);
    return "code" in wanted ? wanted : changed(found, place, wanted);
  },
};

function changed({ binding, signature, rules }: Found, place: Place, options: Options): Plan | Refusal {
  const { source } = place;
  const change = changeOf(signature, options, rules, source);
  if ("code" in change) return change;
  const isMoved = isOther(change);
  const blocked = isMoved ? rules.cannotMove(signature, source) : undefined;
  if (blocked) return blocked;
  const isNamed = rules.filler === undefined && [...change.names.values()].some((it) => it.old !== it.new);
  const uses = isMoved || isNamed ? usesOf(binding, place, rules) : isClear(binding, source);
  if (uses && "code" in uses) return uses;
  const calls = uses?.calls ?? [];
  for (const slot of change.order) {
    const trouble = "added" in slot ? cannotBeGiven(slot.added, calls, place, rules) : undefined;
    if (trouble) return trouble;
  }
  const files = filesAfter(change, calls, isMoved, rules, place);
  if ("code" in files) return files;
  if (files.length === 0) return refused("change-signature.same", "Its parameters are like that already.");
  const warnings = uses?.isExported ? [`Calls of "${binding.name}" from elsewhere were not seen.`] : [];
  return { kind: "plan", title: `Change signature of '${binding.name}'`, files, warnings };
}

/** Whether calls have to give their arguments in another way. */
function isOther({ order, signature: { parameters } }: Change): boolean {
  const isSame = order.every((it, at) => "parameter" in it && it.parameter === parameters[at]);
  return !isSame || order.length !== parameters.length;
}

function filesAfter(
  change: Change,
  calls: readonly Use[],
  isMoved: boolean,
  rules: SignatureRules,
  place: Place,
): readonly FilePlan[] | Refusal {
  const sources = [place.source, ...new Set(calls.map((it) => it.source))];
  const all = new Map(sources.map((it) => [it, editsOf(it)]));
  const trouble =
    described(change, rules, all.get(place.source) ?? editsOf(place.source)) ??
    moved(change, calls, isMoved, rules, place, all);
  if (trouble) return trouble;
  return [...all].flatMap(([{ path, text }, edits]) => {
    const changes = edits.all();
    return changes.length > 0 ? [{ path, before: text, changes }] : [];
  });
}

/** New names, in the function and in what is said of it. */
function described(change: Change, rules: SignatureRules, edits: Edits): Refusal | undefined {
  const { signature, order, names, source } = change;
  const renamed = new Map<string, string>();
  for (const [{ name }, it] of names) {
    const binding = name && source.bindings().at(name);
    if (!binding || it.old === it.new) continue;
    renamed.set(it.old, it.new);
    edits.add(...renamingOf(binding, it.new, source));
  }
  const fitted = rules.fitted(order, source);
  if ("code" in fitted) return fitted;
  const gone = signature.parameters.filter(
    (it) => !order.some((slot) => "parameter" in slot && slot.parameter === it),
  );
  const removed = gone.flatMap((it) => names.get(it)?.old ?? []);
  edits.add(...fitted, ...(rules.documented?.(signature, { removed, renamed }, source) ?? []));
  return undefined;
}

/** A list of parameters or arguments, and what it is to hold. */
interface Relisting {
  readonly list: SyntaxNode;
  readonly entries: readonly Entry[];
  readonly source: Source;
}

function moved(
  change: Change,
  calls: readonly Use[],
  isMoved: boolean,
  rules: SignatureRules,
  place: Place,
  all: ReadonlyMap<Source, Edits>,
): Refusal | undefined {
  const lists: Relisting[] = [];
  for (const { call, source } of calls) {
    const entries = argumentsAfter(call, change, rules, source);
    if ("code" in entries) return toldOf(entries, source, place);
    const list = inField(call.node, "arguments");
    if (list) lists.push({ list, entries, source });
    all.get(source)?.add(...namesGiven(call, change, source));
  }
  if (!isMoved) return undefined;
  const own = parametersAfter(change, rules, place);
  if ("code" in own) return own;
  lists.push({ list: change.signature.list, entries: own, source: place.source });
  // What lies within another one comes first, and goes with it.
  for (const it of lists.toSorted((a, b) => lengthOf(a.list) - lengthOf(b.list))) {
    const edits = all.get(it.source);
    const trouble = edits && relisted(it.list, it.entries, it.source, edits);
    if (trouble) return toldOf(trouble, it.source, place);
  }
  return undefined;
}

function lengthOf({ from, to }: SyntaxNode): number {
  return to - from;
}

/** The names by which a call gives what has another name now. */
function namesGiven({ given }: Call, { names }: Change, source: Source): readonly TextChange[] {
  const now = new Map(
    [...names].flatMap(([{ kind }, it]) =>
      it.old !== it.new && /^(either|named)$/.test(kind) ? [[it.old, it.new]] : [],
    ),
  );
  return given.flatMap(({ name, value }) => {
    const text = name === undefined ? undefined : now.get(name);
    const at = value.parent && inField(value.parent, "name");
    return text !== undefined && at && textOf(at, source) === name
      ? [{ from: at.from, to: at.to, text }]
      : [];
  });
}

/** A refusal over another file, which the place says nothing about. */
function toldOf(refusal: Refusal, source: Source, place: Place): Refusal {
  return source === place.source ? refusal : refused(refusal.code, `In "${source.path}": ${refusal.reason}`);
}
