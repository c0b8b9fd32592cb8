import type { TextChange } from "../../text/changes.ts";
import { isClear, textOf } from "../names.ts";
import { type Plan, type Refusal, refused } from "../plan.ts";
import type { Place, Refactoring, Source } from "../refactoring.ts";
import { trimmed } from "../selection.ts";
import { type Found, functionAt } from "../signature/function-at.ts";
import type { ObjectRules, Run } from "../signature/rules.ts";
import { first, usesOf } from "../signature/uses.ts";

const ID = "introduce-parameter-object";

/** Makes one parameter of several: an object that has them, which its calls in all files write out. */
export const introduceParameterObject: Refactoring = {
  id: ID,
  title: "Introduce parameter object",
  kind: "refactor.rewrite",
  offer(place) {
    const made = runAt(place);
    return "code" in made ? undefined : made.objects.title;
  },
  plan(place) {
    const made = runAt(place);
    return "code" in made ? made : planned(made, place);
  },
};

/** A function, and those of its parameters that become one. */
interface Grouped extends Found {
  readonly run: Run;
  readonly objects: ObjectRules;
}

function runAt(place: Place): Grouped | Refusal {
  const { source } = place;
  const { objects } = source.rules.signature ?? {};
  if (!objects) return refused(`${ID}.language`, "Functions of this language take no object apart.");
  const { from, to } = trimmed(place);
  const found = functionAt({ ...place, from, to: from });
  if ("code" in found) return found;
  const { parameters } = found.signature;
  const selected = parameters.filter(({ node }) => from < to && node.from < to && from < node.to);
  if (selected.some(({ node }) => node.from < from || to < node.to) && selected.length > 1)
    return refused(`${ID}.selection`, "Not all of a parameter is selected.", { from, to });
  const all = selected.length > 1 ? selected : parameters.filter((it) => !/^(rest|names)$/.test(it.kind));
  const [start] = all;
  if (!start || all.length < 2)
    return refused(`${ID}.few`, "The function has not several parameters.", found.signature.list);
  const names = all.map((it) => textOf(it.name ?? it.node, source));
  return { ...found, objects, run: { parameters: all, names, start: parameters.indexOf(start) } };
}

function planned({ binding, signature, rules, run, objects }: Grouped, place: Place): Plan | Refusal {
  const { source } = place;
  const blocked = rules.cannotMove(signature, source) ?? cannotBeOne(run, source);
  if (blocked) return blocked;
  const uses = usesOf(binding, place, rules);
  if ("code" in uses) return uses;
  const head = objects.head(run, signature, uses.calls, source);
  if ("code" in head) return head;
  const changes = new Map<Source, TextChange[]>([[source, [...head]]]);
  for (const { call, source: file } of uses.calls) {
    const given = objects.given(call, run, signature, file);
    if ("code" in given)
      return file === source ? given : refused(given.code, `In "${file.path}": ${given.reason}`);
    changes.set(file, [...(changes.get(file) ?? []), ...given]);
  }
  const files = [...changes].map(([{ path, text }, made]) => ({
    path,
    before: text,
    changes: made.toSorted((a, b) => a.from - b.from || a.to - b.to),
  }));
  const warnings = uses.isExported ? [`Calls of "${binding.name}" from elsewhere were not seen.`] : [];
  return { kind: "plan", title: `${objects.title}: '${binding.name}'`, files, warnings };
}

/** Why some of them stay what they are. */
function cannotBeOne({ parameters }: Run, source: Source): Refusal | undefined {
  return first(parameters, ({ name, node, kind }) => {
    const binding = name && source.bindings().at(name);
    if (!binding || kind === "rest")
      return refused(`${ID}.pattern`, "A parameter that is more than a name stays by itself.", node);
    return isClear(binding, source);
  });
}
