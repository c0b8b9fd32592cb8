import type { Binding } from "../../syntax/bindings.ts";
import type { SyntaxNode } from "../../syntax/tree.ts";
import type { TextChange } from "../../text/changes.ts";
import { textOf } from "../names.ts";
import { type FilePlan, type Plan, type Refusal, refused } from "../plan.ts";
import type { Place, Refactoring, Source } from "../refactoring.ts";
import { obstacleTo, renamingOf } from "../rename-edits.ts";
import { selectedName, trimmed, wordAt } from "../selection.ts";
import { mayBeCalled } from "../spelling.ts";
import { takenBeside } from "../taken-beside.ts";
import { typedPlan } from "../typed.ts";

/** Gives a name another spelling wherever it means the same thing. */
export const rename: Refactoring = {
  id: "rename",
  title: "Rename",
  kind: "refactor.rewrite",
  offer(place) {
    const { source } = place;
    const name = selectedName(place);
    const binding = name && source.bindings().at(name);
    const leaf = binding ? undefined : wordAt(place);
    const member = leaf && source.rules.isMember?.(leaf) ? textOf(leaf, source) : undefined;
    const old = binding?.name ?? member;
    return old === undefined ? undefined : `Rename '${old}'`;
  },
  plan(place, { name }) {
    if (name === undefined) return refused("rename.missing", "The new name is missing.");
    const { typed } = place;
    const leaf = selectedName(place) ?? wordAt(place);
    if (typed && leaf) return typedPlan(textOf(leaf, place.source), name, typed, place);
    const plan = byBindings(place, name);
    if (!leaf || plan.kind === "plan" || plan.lacks || !UNTOLD.has(plan.code)) return plan;
    const old = textOf(leaf, place.source);
    if (name === old) return refused("rename.same", `"${name}" is its name already.`);
    return mayBeCalled(old, name)
      ? { ...plan, lacks: "types", from: leaf.from, to: leaf.to }
      : refused("name.invalid", `"${name}" cannot be a name here.`);
  },
};

/** What bindings do not tell, and types may: members, names that are more than one thing, and those that other files see. */
const UNTOLD = new Set([
  "rename.name",
  "rename.global",
  "rename.export",
  "rename.visible",
  "rename.member",
  "opaque",
]);

function byBindings(place: Place, name: string): Plan | Refusal {
  const { source } = place;
  const node = selectedName(place);
  const binding = node && source.bindings().at(node);
  if (!binding) return refused("rename.name", "No name that this file declares stands here.", trimmed(place));
  if (name === binding.name) return refused("rename.same", `"${name}" is its name already.`);
  if (binding.references.some((it) => it.node === node && it.shape === "export-specifier"))
    return refused(
      "rename.export",
      `Here "${binding.name}" is the name that others import; what they make of it is not told by names alone.`,
      node,
    );
  const obstacle = obstacleTo(binding, name, source);
  if (obstacle) return obstacle;
  const along = source.rules.namesakes?.(binding, place) ?? { names: [], warnings: [] };
  if ("code" in along) return along;
  const others = source.rules.isSeenByItsName(binding) ? inOthers(binding.name, name, place) : [];
  if ("code" in others) return others;
  const changes = [...renamingOf(binding, name, source), ...along.names.map((it) => changed(it, name))];
  const title = `Rename '${binding.name}' to '${name}'`;
  const files = [fileOf(source, changes), ...others];
  return { kind: "plan", title, files, warnings: along.warnings } satisfies Plan;
}

function inOthers(old: string, name: string, place: Place): readonly FilePlan[] | Refusal {
  const { source, others } = place;
  if (!others && !source.rules.sharesNames)
    return {
      ...refused("rename.exported", `"${old}" can be used in other files, and those were not looked at.`),
      lacks: "others",
    };
  const taken = takenBeside(name, place, [old, name]);
  if (taken) return taken;
  const files: FilePlan[] = [];
  for (const other of others ?? []) {
    const imported = source.rules.importedBy(other, source, old, others ?? []);
    if ("code" in imported) return imported;
    const { bindings, names, handedOn } = imported;
    const caught = names.find(
      (it) => source.rules.sharesNames && other.bindings().resolve(name, "value", it.from),
    );
    if (caught)
      return refused("rename.captured", `Where "${other.path}" uses it, "${name}" is something else.`);
    const all = [source, ...(others ?? [])];
    const changes = [
      ...[...new Set(bindings)].flatMap((it) => importRenamed(it, name, other, all)),
      ...[...new Set(names)].map((it) => changed(it, name)),
      ...handedOn.map((it) => changed(it, `${name} as ${old}`)),
    ];
    if (changes.length > 0) files.push(fileOf(other, changes));
  }
  return files;
}

/** The import follows where it can; else it keeps its name there, as an alias. */
function importRenamed(
  binding: Binding,
  name: string,
  other: Source,
  all: readonly Source[],
): readonly TextChange[] {
  // What imports it and exports it on keeps its own name for those further on.
  if (!other.rules.isHandedOn(binding, other, all) && obstacleTo(binding, name, other) === undefined)
    return renamingOf(binding, name, other, true);
  return binding.declarations.map((it) => changed(it, `${name} as ${binding.name}`));
}

function changed({ from, to }: SyntaxNode, text: string): TextChange {
  return { from, to, text };
}

function fileOf({ path, text }: Source, changes: readonly TextChange[]): FilePlan {
  return { path, before: text, changes: changes.toSorted((a, b) => a.from - b.from) };
}
